// Programs that are not ours, asked over standard input: one JSON document in, one out.
//   canonicalize  [text, …]                        → [[canonicalize's hex, json-canonicalize's hex], …]
//   verify        {jwk, tokens: [sd-jwt, …]}       → [{payload, header} | {error}, …]
//   sigstore      {note, jwk, hint, name, entries: [{index, leaf, hashes}, …]} → {size, root, entries: [true | error, …]}
//   issue         {typ, payload, frame, show}      → {jwk, token, presented}   with a key of its own
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { SDJwtInstance } from "@sd-jwt/core";
import { digest, generateSalt } from "@sd-jwt/crypto-nodejs";
import canonicalize from "canonicalize";
import { canonicalize as jsonCanonicalize } from "json-canonicalize";

const hex = (value) => Buffer.from(value, "utf8").toString("hex");

const instance = (keys) =>
  new SDJwtInstance({
    signAlg: "Ed25519",
    signer: (data) => sign(null, Buffer.from(data), keys.privateKey).toString("base64url"),
    verifier: (data, signature) => verify(null, Buffer.from(data), keys.publicKey, Buffer.from(signature, "base64url")),
    hasher: digest,
    hashAlg: "sha-256",
    saltGenerator: generateSalt,
    omitTyp: true,
  });

// Its checks lie behind the package's front door: the version is pinned.
const require = createRequire(import.meta.url);

const commands = {
  sigstore: ({ note, jwk, hint, name, entries }) => {
    const { verifyMerkleInclusion } = require("@sigstore/verify/dist/tlog/merkle");
    const { verifyCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint");
    const log = { logID: Buffer.from(hint, "hex"), baseURL: name, publicKey: createPublicKey({ key: jwk, format: "jwk" }) };
    const checkpoint = verifyCheckpoint({ inclusionProof: { checkpoint: { envelope: note } } }, [log]);
    const check = ({ index, leaf, hashes }) => {
      try {
        verifyMerkleInclusion(
          {
            inclusionProof: { logIndex: index, hashes: hashes.map((h) => Buffer.from(h, "base64")) },
            canonicalizedBody: Buffer.from(leaf, "base64"),
          },
          checkpoint,
        );
        return true;
      } catch (e) {
        return String(e);
      }
    };
    return {
      size: checkpoint.logSize.toString(),
      root: checkpoint.logHash.toString("base64"),
      entries: entries.map(check),
    };
  },

  canonicalize: (texts) =>
    texts.map((t) => [hex(canonicalize(JSON.parse(t))), hex(jsonCanonicalize(JSON.parse(t)))]),

  verify: async ({ jwk, tokens }) => {
    const peer = instance({ publicKey: createPublicKey({ key: jwk, format: "jwk" }) });
    return Promise.all(tokens.map((t) => peer.verify(t).catch((e) => ({ error: String(e) }))));
  },

  issue: async ({ typ, payload, frame, show }) => {
    const keys = generateKeyPairSync("ed25519");
    const { crv, kty, x } = keys.publicKey.export({ format: "jwk" });
    const kid = createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");
    const peer = instance(keys);
    const token = await peer.issue(payload, frame, { header: { typ, kid } });
    return { jwk: { crv, kty, x }, token, presented: await peer.present(token, show) };
  },
};

const answer = await commands[process.argv[2]](JSON.parse(await text(process.stdin)));
process.stdout.write(JSON.stringify(answer));
