package abruptexit

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/alecthomas/kingpin/v2"
	"github.com/spf13/cobra"
	"github.com/urfave/cli/v2"
	cli3 "github.com/urfave/cli/v3"
)

// Handlers of commands stand where func main stands.

// frp: it prints and exits, so that the usage is not shown.
var verifyCmd = &cobra.Command{Use: "verify", RunE: badVerify}

func badVerify(cmd *cobra.Command, args []string) error {
	if err := os.Chdir(args[0]); err != nil {
		fmt.Println(err)
		os.Exit(1) // want `^strict: the failure of os.Chdir \(line \d+\) ends the program`
	}
	return nil
}

func badNewCommand(dir string) *cobra.Command {
	return &cobra.Command{
		Use: "discover",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.Chdir(dir); err != nil {
				fmt.Println(err)
				os.Exit(1) // want `^strict: the failure of os.Chdir \(line \d+\) ends the program`
			}
			return nil
		},
	}
}

func badAction(c *cli.Context) error {
	if err := os.Chdir(c.String("dir")); err != nil {
		fmt.Println(err)
		os.Exit(1) // want `^strict: the failure of os.Chdir \(line \d+\) ends the program`
	}
	return nil
}

// loki
func badKingpinAction(c *kingpin.ParseContext) error {
	if err := os.Chdir(c.String()); err != nil {
		fmt.Println(err)
		os.Exit(1) // want `^strict: the failure of os.Chdir \(line \d+\) ends the program`
	}
	return nil
}

func badActionOfThree(ctx context.Context, c *cli3.Command) error {
	if err := os.Chdir(c.String("dir")); err != nil {
		fmt.Println(err)
		os.Exit(1) // want `^strict: the failure of os.Chdir \(line \d+\) ends the program`
	}
	return nil
}

// Something waits to be done there.
func badDeferredBefore(cmd *cobra.Command, args []string) error {
	defer fmt.Println("done")
	if err := os.Chdir(args[0]); err != nil {
		fmt.Println(err)
		os.Exit(1) // want `^the failure of os.Chdir \(line \d+\) ends the program, although this function could return it`
	}
	return nil
}

// What a command calls can return its error.
func badBelowCommand(cmd *cobra.Command) error {
	if err := os.Chdir(cmd.Use); err != nil {
		fmt.Println(err)
		os.Exit(1) // want `^the failure of os.Chdir \(line \d+\) ends the program, although this function could return it`
	}
	return nil
}

func okReturnsIt(cmd *cobra.Command, args []string) error {
	if err := os.Chdir(args[0]); err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	return nil
}

func okUsage(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		fmt.Println("no file")
		os.Exit(1)
	}
	return nil
}

func okExpected(cmd *cobra.Command, args []string) error {
	if err := os.Chdir(args[0]); errors.Is(err, os.ErrNotExist) {
		os.Exit(0)
	}
	return nil
}

func okMissing(c *cli.Context) error {
	if _, err := os.Stat(c.String("dir")); err != nil {
		return err
	}
	return os.Chdir(c.String("dir"))
}

func okDoneBefore(ctx context.Context, c *cli3.Command) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	fmt.Println(c.String("dir"))
	return nil
}

func okCleansUp(cmd *cobra.Command, args []string) (err error) {
	defer func() { err = errors.Join(err, os.Remove(args[0])) }()
	return os.Chdir(args[1])
}

func okTwoSteps(c *cli.Context) error {
	if err := os.Chdir(c.String("dir")); err != nil {
		return fmt.Errorf("step one: %w", err)
	}
	if err := os.Remove(c.String("file")); err != nil {
		return fmt.Errorf("step two: %w", err)
	}
	return nil
}

func okNotThere(cmd *cobra.Command, args []string) error {
	if _, err := os.Stat(args[0]); err == nil {
		fmt.Println("it is there already")
		os.Exit(1)
	}
	return os.Mkdir(args[0], 0o777)
}

func okNewCommand(dir string) *cli.Command {
	return &cli.Command{Name: "go", Action: func(c *cli.Context) error {
		if err := os.Chdir(dir); err != nil {
			return err
		}
		return nil
	}}
}

func okNewCommandOfThree(dir string) *cli3.Command {
	return &cli3.Command{Name: "go", Action: func(ctx context.Context, c *cli3.Command) error { return os.Chdir(dir) }}
}

func okExecuted(c *cobra.Command) error {
	if err := c.Execute(); err != nil {
		return fmt.Errorf("execute: %w", err)
	}
	return nil
}

func okKingpinReturns(c *kingpin.ParseContext) error {
	if err := os.Chdir(c.String()); err != nil {
		return fmt.Errorf("no such folder: %w", err)
	}
	return nil
}

func okKingpinNothingFails(c *kingpin.ParseContext) error {
	fmt.Println(c.String())
	os.Exit(0)
	return nil
}

// What a command alone calls ends with it.
func badFarCommand(dir string) error {
	if err := os.Chdir(dir); err != nil {
		fmt.Println(err)
		os.Exit(1) // want `^strict: the failure of os.Chdir \(line \d+\) ends the program`
	}
	return os.Chmod(dir, 0o700)
}

func okCallsFar(cmd *cobra.Command, args []string) error {
	if err := badFarCommand(args[0]); err != nil {
		return fmt.Errorf("entering %s: %w", args[0], err)
	}
	return nil
}

func okCallsFarToo(c *cli.Context) error { return badFarCommand(c.String("dir")) }
