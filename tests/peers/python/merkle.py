"""RFC 6962 hashing; proofs verified in form B of proof.md section 2 (the product uses form A)."""

from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(entry):
    return sha256(b"\x00" + entry).digest()


def node(left, right):
    return sha256(b"\x01" + left + right).digest()


def root_of(leaf, index, size, path):
    """The root to which an inclusion path leads, or None if no tree of that size has such a path."""
    if index < 0 or index >= size or any(len(p) != 32 for p in path) or len(leaf) != 32:
        return None
    inner = (index ^ (size - 1)).bit_length()
    border = bin(index >> inner).count("1")
    if len(path) != inner + border:
        return None
    root = leaf
    for j, p in enumerate(path):
        root = node(root, p) if j < inner and not index >> j & 1 else node(p, root)
    return root


def included(leaf, index, size, path, root):
    return root_of(leaf, index, size, path) == root


def consistent(size1, root1, size2, root2, path):
    """Whether the tree of size1 is a prefix of the tree of size2. Growth from 0 is not shown by a proof."""
    if size1 <= 0 or size1 > size2 or any(len(p) != 32 for p in (*path, root1, root2)):
        return False
    if size1 == size2:
        return not path and root1 == root2
    shift = (size1 & -size1).bit_length() - 1
    inner = ((size1 - 1) ^ (size2 - 1)).bit_length() - shift
    border = bin((size1 - 1) >> (inner + shift)).count("1")
    if size1 == 1 << shift:
        seed, rest = root1, path
    else:
        seed, rest = (path[0], path[1:]) if path else (None, [])
    if seed is None or len(rest) != inner + border:
        return False
    mask = (size1 - 1) >> shift
    old = new = seed
    for j, p in enumerate(rest):
        if j >= inner or mask >> j & 1:
            old, new = node(p, old), node(p, new)
        else:
            new = node(new, p)
    return old == root1 and new == root2
