// A verifier that is not ours: golang.org/x/mod reads what the ledger signed and proved.
//
//	peer note         standard input: vkeys, one a line; a blank line; the note.
//	                  Prints "verified <name>" or "ignored <name>" for each signature, a blank line, the signed text.
//	peer root         standard input: sizes, ascending, one a line.
//	                  Prints the root (base64) of each tree; leaf i is i in decimal.
//	peer proof        standard input, one a line: leaf (base64, "-" if empty) index size root hash...
//	peer consistency  standard input, one a line: oldsize newsize oldroot newroot hash...
//	                  Both print "yes" or "no: <why>" for each line.
//
// A command that fails as a whole says why on standard error and ends with 1.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	commands := map[string]func(string) error{
		"note":        openNote,
		"root":        roots,
		"proof":       eachLine(checkProof),
		"consistency": eachLine(checkConsistency),
	}
	input, err := io.ReadAll(os.Stdin)
	if err == nil && (len(os.Args) != 2 || commands[os.Args[1]] == nil) {
		err = fmt.Errorf("commands: note, root, proof, consistency")
	}
	if err == nil {
		err = commands[os.Args[1]](string(input))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func openNote(input string) error {
	keys, text, found := strings.Cut(input, "\n\n")
	if !found {
		return fmt.Errorf("no blank line after the vkeys")
	}
	var known []note.Verifier
	for _, vkey := range strings.Split(keys, "\n") {
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			return err
		}
		known = append(known, verifier)
	}
	opened, err := note.Open([]byte(text), note.VerifierList(known...))
	if err != nil {
		return err
	}
	for _, s := range opened.Sigs {
		fmt.Println("verified", s.Name)
	}
	for _, s := range opened.UnverifiedSigs {
		fmt.Println("ignored", s.Name)
	}
	fmt.Print("\n", opened.Text)
	return nil
}

// store holds the hashes of a growing tree in the order in which tlog numbers them.
type store []tlog.Hash

func (s store) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = s[index]
	}
	return hashes, nil
}

func roots(input string) error {
	var tree store
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	leaf := int64(0)
	for _, line := range strings.Fields(input) {
		size, err := strconv.ParseInt(line, 10, 64)
		if err != nil {
			return err
		}
		for ; leaf < size; leaf++ {
			hashes, err := tlog.StoredHashes(leaf, []byte(strconv.FormatInt(leaf, 10)), tree)
			if err != nil {
				return err
			}
			tree = append(tree, hashes...)
		}
		root, err := tlog.TreeHash(size, tree)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, root)
	}
	return nil
}

func checkProof(fields []string) error {
	if len(fields) < 4 {
		return fmt.Errorf("too few fields")
	}
	leaf, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(fields[0], "-"))
	if err != nil {
		return err
	}
	places, hashes, err := numbersAndHashes(fields[1:], 2)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(hashes[1:], places[1], hashes[0], places[0], tlog.RecordHash(leaf))
}

func checkConsistency(fields []string) error {
	if len(fields) < 4 {
		return fmt.Errorf("too few fields")
	}
	sizes, hashes, err := numbersAndHashes(fields, 2)
	if err != nil {
		return err
	}
	return tlog.CheckTree(hashes[2:], sizes[1], hashes[1], sizes[0], hashes[0])
}

func numbersAndHashes(fields []string, count int) (numbers []int64, hashes []tlog.Hash, err error) {
	for i, field := range fields {
		if i < count {
			number, err := strconv.ParseInt(field, 10, 64)
			if err != nil {
				return nil, nil, err
			}
			numbers = append(numbers, number)
			continue
		}
		hash, err := tlog.ParseHash(field)
		if err != nil {
			return nil, nil, err
		}
		hashes = append(hashes, hash)
	}
	return numbers, hashes, nil
}

func eachLine(check func([]string) error) func(string) error {
	return func(input string) error {
		for _, line := range strings.Split(strings.TrimSuffix(input, "\n"), "\n") {
			if err := check(strings.Fields(line)); err != nil {
				fmt.Println("no:", err)
			} else {
				fmt.Println("yes")
			}
		}
		return nil
	}
}
