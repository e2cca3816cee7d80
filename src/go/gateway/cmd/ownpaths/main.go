// Command ownpaths takes the REST paths that Google has given google.longrunning out of a file of descriptors: they fit
// no name of ours, and plugins would serve them beside those of our service configuration.
package main

import (
	"fmt"
	"os"

	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/descriptorpb"
)

func main() {
	if err := strip(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func strip(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	files := &descriptorpb.FileDescriptorSet{}
	if err := proto.Unmarshal(data, files); err != nil {
		return err
	}
	for _, file := range files.GetFile() {
		if file.GetPackage() != "google.longrunning" {
			continue
		}
		for _, service := range file.GetService() {
			for _, method := range service.GetMethod() {
				proto.ClearExtension(method.GetOptions(), annotations.E_Http)
			}
		}
	}
	if data, err = proto.Marshal(files); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
