// Reads a log of ours with the code that Go checks its modules with (golang.org/x/mod/sumdb): the signature, the root,
// every hash of every tile, every statement, and that a tree of each earlier size is the beginning of this one.
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type folder string

func (f folder) Height() int { return 8 }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		// Go writes the height into the path, and the specification does not.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		all = append(all, bytes)
	}
	return all, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (f folder) statements(size int64) (all [][]byte) {
	for n := int64(0); n*256 < size; n++ {
		tile := tlog.Tile{H: 8, L: 0, N: n, W: int(min(256, size-n*256))}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		bytes, err := os.ReadFile(filepath.Join(string(f), path))
		must(err)
		for len(bytes) > 0 {
			long := int(binary.BigEndian.Uint16(bytes))
			all = append(all, bytes[2:2+long])
			bytes = bytes[2+long:]
		}
	}
	return all
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

// The vkey as it was published, and the folder that is served as /ledger/.
func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	must(err)
	log := folder(os.Args[2])
	text, err := os.ReadFile(filepath.Join(string(log), "checkpoint"))
	must(err)
	signed, err := note.Open(text, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, log)
	all := log.statements(size)
	if int64(len(all)) != size {
		must(fmt.Errorf("%d statements, the head says %d", len(all), size))
	}
	for n, statement := range all {
		proof, err := tlog.ProveRecord(size, int64(n), reader)
		must(err)
		must(tlog.CheckRecord(proof, size, root, int64(n), tlog.RecordHash(statement)))
		earlier, err := tlog.TreeHash(int64(n)+1, reader)
		must(err)
		follows, err := tlog.ProveTree(size, int64(n)+1, reader)
		must(err)
		must(tlog.CheckTree(follows, size, root, int64(n)+1, earlier))
	}
	fmt.Println(size, root)
}
