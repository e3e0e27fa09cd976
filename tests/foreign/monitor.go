// Checks a served log with Go's own checksum-database code: the signature, every tile, every statement's inclusion,
// the consistency of older trees; and that a flipped bit is refused. Usage: monitor BASE VKEY [PROOF…]
package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type reader struct{ base string }

func (r reader) get(path string) ([]byte, error) {
	answer, err := http.Get(r.base + "/" + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

func (r reader) Height() int { return 8 }

// Go's path names the height, C2SP's does not.
func (r reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := r.get(strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (r reader) SaveTiles([]tlog.Tile, [][]byte) {}

// The text is the specification's; tlog.ParseTree knows one origin only.
func parse(text string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return tlog.Tree{}, errors.New("not a checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

func open(text []byte, vkey string) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	must(err)
	opened, err := note.Open(text, note.VerifierList(verifier))
	must(err)
	if len(opened.Sigs) == 0 {
		log.Fatal("nobody has signed")
	}
	tree, err := parse(opened.Text)
	must(err)
	return tree
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func statements(r reader, size int64) [][]byte {
	var all [][]byte
	for int64(len(all)) < size {
		tile := tlog.Tile{H: 8, L: 0, N: int64(len(all)) / 256, W: 256}
		if left := size - int64(len(all)); left < 256 {
			tile.W = int(left)
		}
		bundle, err := r.get(strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1))
		must(err)
		for len(bundle) > 0 {
			length := int(bundle[0])<<8 | int(bundle[1])
			all = append(all, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
	}
	return all
}

// A tlog-proof file: the statement stands in its extra line, and is believed only if it is in the tree.
func proof(path string, vkey string) {
	file, err := os.ReadFile(path)
	must(err)
	head, signed, found := strings.Cut(string(file), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		log.Fatal("not a proof")
	}
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must(err)
	var opening struct{ Statement string }
	must(json.Unmarshal(extra, &opening))
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err)
	var path64 tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		must(err)
		path64 = append(path64, hash)
	}
	tree := open([]byte(signed), vkey)
	must(tlog.CheckRecord(path64, tree.N, tree.Hash, index, tlog.RecordHash([]byte(opening.Statement))))
	if tlog.CheckRecord(path64, tree.N, tree.Hash, index, tlog.RecordHash([]byte(opening.Statement+" "))) == nil {
		log.Fatal("another statement has the same proof")
	}
	fmt.Printf("go: %s: in the tree of %d\n", path, tree.N)
}

func main() {
	r, vkey := reader{os.Args[1]}, os.Args[2]
	signed, err := r.get("checkpoint")
	must(err)
	tree := open(signed, vkey)
	hashes := tlog.TileHashReader(tree, r)
	root, err := tlog.TreeHash(tree.N, hashes)
	must(err)
	if root != tree.Hash {
		log.Fatal("the tiles do not lead to the root")
	}
	for i, statement := range statements(r, tree.N) {
		path, err := tlog.ProveRecord(tree.N, int64(i), hashes)
		must(err)
		must(tlog.CheckRecord(path, tree.N, tree.Hash, int64(i), tlog.RecordHash(statement)))
		statement[i%len(statement)] ^= 1 << (i % 8)
		if tlog.CheckRecord(path, tree.N, tree.Hash, int64(i), tlog.RecordHash(statement)) == nil {
			log.Fatalf("a flipped bit of statement %d was not seen", i)
		}
	}
	for old := int64(1); old <= tree.N; old = old*2 + 1 {
		before, err := tlog.TreeHash(old, hashes)
		must(err)
		path, err := tlog.ProveTree(tree.N, old, hashes)
		must(err)
		must(tlog.CheckTree(path, tree.N, tree.Hash, old, before))
	}
	// The text only: Go's base64 overlooks bits behind the end of a signature, which ours does not.
	for i := range signed[:strings.Index(string(signed), "\n\n")+1] {
		flipped := append([]byte{}, signed...)
		flipped[i] ^= 1
		verifier, _ := note.NewVerifier(vkey)
		if _, err := note.Open(flipped, note.VerifierList(verifier)); err == nil {
			log.Fatalf("a flipped bit at byte %d of the checkpoint was not seen", i)
		}
	}
	fmt.Printf("go: %d statements, root %s\n", tree.N, tree.Hash)
	for _, path := range os.Args[3:] {
		proof(path, vkey)
	}
}
