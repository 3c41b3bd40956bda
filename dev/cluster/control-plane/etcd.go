package main

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"go.etcd.io/etcd/client/pkg/v3/transport"
	"go.etcd.io/etcd/server/v3/embed"
)

// memberName is the name of the only member.
const memberName = "local"

// runEtcd runs a single-member etcd until it fails or is asked to end.
//
// Clients must show a certificate of the given authority, because everybody on
// the machine can reach the port and whoever writes to etcd owns the cluster.
// Writes are not forced to disk: a power cut may cost the last of them.
func runEtcd(args []string) int {
	config, err := etcdConfig(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	member, err := embed.StartEtcd(config)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer member.Close()

	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM)
	select {
	case err = <-member.Err():
		fmt.Fprintln(os.Stderr, err)
		return 1
	case <-asked:
		return 0
	}
}

func etcdConfig(args []string) (*embed.Config, error) {
	flags := flag.NewFlagSet("etcd", flag.ContinueOnError)
	dataDir := flags.String("data-dir", "", "folder of the data")
	client := flags.String("client-url", "", "https URL for clients")
	peer := flags.String("peer-url", "", "https URL for members")
	ca := flags.String("ca-file", "", "certificate of the authority")
	cert := flags.String("cert-file", "", "certificate of this member")
	key := flags.String("key-file", "", "key of this member")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	clientURL, err := url.Parse(*client)
	if err != nil {
		return nil, fmt.Errorf("--client-url %q: %w", *client, err)
	}
	peerURL, err := url.Parse(*peer)
	if err != nil {
		return nil, fmt.Errorf("--peer-url %q: %w", *peer, err)
	}

	tls := transport.TLSInfo{CertFile: *cert, KeyFile: *key, TrustedCAFile: *ca, ClientCertAuth: true}
	config := embed.NewConfig()
	config.Name = memberName
	config.Dir = *dataDir
	config.LogLevel = "warn"
	config.UnsafeNoFsync = true
	config.ClientTLSInfo = tls
	config.PeerTLSInfo = tls
	config.ListenClientUrls = []url.URL{*clientURL}
	config.AdvertiseClientUrls = []url.URL{*clientURL}
	config.ListenPeerUrls = []url.URL{*peerURL}
	config.AdvertisePeerUrls = []url.URL{*peerURL}
	config.InitialCluster = fmt.Sprintf("%s=%s", memberName, *peer)
	return config, nil
}
