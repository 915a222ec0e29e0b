package dropped

import (
	"net"
	"net/url"
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
