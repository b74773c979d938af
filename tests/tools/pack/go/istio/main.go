// Pulls an image as Istio's agent does: FETCH IMAGE FILE [PULL-SECRET-FILE]. Prints the image's digest.
package main

import (
	"context"
	"fmt"
	"os"

	"istio.io/istio/pkg/wasm"
)

func main() {
	if err := fetch(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func fetch(image, file string, secrets []string) error {
	var option wasm.ImageFetcherOption
	for _, secret := range secrets {
		content, err := os.ReadFile(secret)
		if err != nil {
			return err
		}
		option.PullSecret = content
	}
	binary, digest, err := wasm.NewImageFetcher(context.Background(), option).PrepareFetch(image)
	if err != nil {
		return err
	}
	module, err := binary()
	if err != nil {
		return err
	}
	fmt.Printf("digest sha256:%s\n", digest)
	return os.WriteFile(file, module, 0o644)
}
