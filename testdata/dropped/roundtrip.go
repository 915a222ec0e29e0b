package dropped

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
)

type pool struct{ cidr net.IPNet }

// A text that the program made is one that it can read.
func badRoundTrip(p pool) bool {
	_, cidr, _ := net.ParseCIDR(p.cidr.String()) // want `^strict: the error of net.ParseCIDR is thrown away`
	return cidr.Contains(p.cidr.IP) && cidr.IP.Equal(p.cidr.IP)
}

func badRoundTripLater(u *url.URL) string {
	text := u.String()
	again, _ := url.Parse(text) // want `^strict: the error of url.Parse is thrown away`
	return again.Host
}

func badKey(byBlock map[string][]net.IP) (n int) {
	for block, ips := range byBlock {
		_, cidr, _ := net.ParseCIDR(block) // want `^strict: the error of net.ParseCIDR is thrown away`
		for _, ip := range ips {
			if cidr.Contains(ip) {
				n++
			}
		}
	}
	return n
}

func badElement(blocks []string, ip net.IP) (n int) {
	for _, block := range blocks {
		_, cidr, _ := net.ParseCIDR(block) // want `^the error of net.ParseCIDR is thrown away`
		if cidr.Contains(ip) {
			n++
		}
	}
	return n
}

type account struct{ name string }

func find(dir, id string) (*account, error) {
	b, err := os.ReadFile(filepath.Join(dir, id))
	if err != nil {
		return nil, err
	}
	return &account{string(b)}, nil
}

// What is looked up by such a text may be gone.
func badLookedUp(dir string, u *url.URL) string {
	a, _ := find(dir, u.String()) // want `^the error of find is thrown away, and a, which is nil if it fails`
	return a.name
}

func badLookedUpByKey(dir string, ids map[string]bool) (names []string) {
	for id := range ids {
		a, _ := find(dir, id) // want `^the error of find is thrown away, and a, which is nil if it fails`
		names = append(names, a.name)
	}
	return names
}

func okLookedUp(dir string, u *url.URL) (string, error) {
	a, err := find(dir, u.String())
	if err != nil {
		return "", err
	}
	return a.name, nil
}

func okLookedUpByKey(dir string, ids map[string]bool) (names []string) {
	for id := range ids {
		if a, err := find(dir, id); err == nil {
			names = append(names, a.name)
		}
	}
	return names
}

func okLookedUpOrNone(dir, id string) *account {
	a, err := find(dir, id)
	if err != nil {
		return &account{}
	}
	return a
}

func okLookedUpGiven(dir, id string) (*account, error) { return find(dir, id) }

func okRoundTrip(p pool) (bool, error) {
	_, cidr, err := net.ParseCIDR(p.cidr.String())
	if err != nil {
		return false, err
	}
	return cidr.IP.Equal(p.cidr.IP), nil
}

func okRoundTripAsked(u *url.URL) string {
	again, err := url.Parse(u.String())
	if err != nil || again == nil {
		return ""
	}
	return again.Host
}

func okRoundTripWhole(u *url.URL) (*url.URL, error) { return url.Parse(u.String()) }

func okKey(byBlock map[string][]net.IP) (n int) {
	for block, ips := range byBlock {
		_, cidr, err := net.ParseCIDR(block)
		if err != nil {
			continue // such blocks are of an older version
		}
		for _, ip := range ips {
			if cidr.Contains(ip) {
				n++
			}
		}
	}
	return n
}

func okElementSkipped(blocks []string, ip net.IP) (n int) {
	for _, block := range blocks {
		if _, cidr, err := net.ParseCIDR(block); err == nil && cidr.Contains(ip) {
			n++
		}
	}
	return n
}

func okElementTold(blocks []string, ip net.IP) (n int, err error) {
	for _, block := range blocks {
		_, cidr, err := net.ParseCIDR(block)
		if err != nil {
			return n, err
		}
		if cidr.Contains(ip) {
			n++
		}
	}
	return n, nil
}

func okRoundTripText(u *url.URL) string { return u.String() }

func okKeyOnly(byBlock map[string][]net.IP) (n int) {
	for block := range byBlock {
		if _, _, err := net.ParseCIDR(block); err != nil {
			n++
		}
	}
	return n
}

func okElementFirst(blocks []string) (*net.IPNet, error) {
	_, cidr, err := net.ParseCIDR(blocks[0])
	return cidr, err
}
