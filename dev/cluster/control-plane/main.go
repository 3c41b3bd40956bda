// Command control-plane is a whole Kubernetes control plane in one program.
//
// The first argument chooses the part to run; what follows are that part's own
// flags, the same as those of the program of that name. One program instead of
// four is built faster and kept smaller, because the parts share most packages.
package main

import (
	"fmt"
	"os"

	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

const usage = "usage: control-plane etcd|apiserver|controller-manager|scheduler [flags]"

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
	part := os.Args[1]
	// The parts read os.Args themselves and take the first word for their name.
	os.Args = append([]string{part}, os.Args[2:]...)
	os.Exit(run(part))
}

// run runs one part until it ends and returns the exit code.
func run(part string) int {
	switch part {
	case "etcd":
		return runEtcd(os.Args[1:])
	case "apiserver":
		return cli.Run(apiserver.NewAPIServerCommand())
	case "controller-manager":
		return cli.Run(controllers.NewControllerManagerCommand())
	case "scheduler":
		return cli.Run(scheduler.NewSchedulerCommand())
	default:
		fmt.Fprintf(os.Stderr, "%q is not a part of the control plane\n%s\n", part, usage)
		return 2
	}
}
