package main

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// counted is main, and adds a line to the file that $CONCVET_TEST_RUNS names
// for each package that it is to analyse for the go command.
func counted() {
	if file := os.Getenv("CONCVET_TEST_RUNS"); file != "" && strings.HasSuffix(os.Args[len(os.Args)-1], ".cfg") {
		f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
		if err == nil {
			fmt.Fprintln(f, os.Args[1:])
			f.Close()
		}
	}
	main()
}

// cacheProg is a cache for the go command (GOCACHEPROG): "cacheprog STORE LOCAL"
// keeps things in STORE, which machines share, and copies what it hands out to
// LOCAL, which belongs to one of them.
func cacheProg() {
	if err := serveCache(os.Args[1], os.Args[2], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "cacheprog:", err)
		os.Exit(1)
	}
}

type cacheRequest struct {
	ID       int64
	Command  string
	ActionID []byte
	OutputID []byte
	BodySize int64
}

type cacheResponse struct {
	ID            int64
	KnownCommands []string `json:",omitempty"`
	Miss          bool     `json:",omitempty"`
	OutputID      []byte   `json:",omitempty"`
	Size          int64    `json:",omitempty"`
	DiskPath      string   `json:",omitempty"`
}

func serveCache(store, local string, in io.Reader, out io.Writer) error {
	for _, dir := range []string{store, local} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
	}
	replies := json.NewEncoder(out)
	if err := replies.Encode(cacheResponse{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	requests := json.NewDecoder(bufio.NewReader(in))
	for {
		var req cacheRequest
		if err := requests.Decode(&req); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		res := cacheResponse{ID: req.ID}
		entry := filepath.Join(store, hex.EncodeToString(req.ActionID))
		var err error
		switch req.Command {
		case "put":
			var body string
			if req.BodySize > 0 {
				err = requests.Decode(&body)
			}
			if err == nil {
				res.DiskPath, err = putEntry(entry, local, req.OutputID, body)
			}
		case "get":
			err = getEntry(&res, entry, local)
		}
		if err != nil {
			return err
		}
		if err := replies.Encode(res); err != nil {
			return err
		}
	}
}

// putEntry keeps the ID of an output and its base64-encoded body.
func putEntry(entry, local string, outputID []byte, body string) (string, error) {
	text, err := base64.StdEncoding.DecodeString(body)
	if err != nil {
		return "", err
	}
	all := hex.EncodeToString(outputID) + "\n" + string(text)
	if err := os.WriteFile(entry, []byte(all), 0o666); err != nil {
		return "", err
	}
	path := filepath.Join(local, hex.EncodeToString(outputID))
	return path, os.WriteFile(path, text, 0o666)
}

func getEntry(res *cacheResponse, entry, local string) error {
	all, err := os.ReadFile(entry)
	if err != nil {
		res.Miss = true
		return nil
	}
	id, text, _ := strings.Cut(string(all), "\n")
	if res.OutputID, err = hex.DecodeString(id); err != nil {
		return err
	}
	res.Size = int64(len(text))
	res.DiskPath = filepath.Join(local, id)
	return os.WriteFile(res.DiskPath, []byte(text), 0o666)
}
