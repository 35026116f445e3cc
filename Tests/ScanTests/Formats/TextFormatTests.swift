import TestSupport
import Testing

@testable import Scan

@Suite struct TextFormatTests {
  private static func matches(_ format: TextFormat, _ text: String) -> Bool { format.matches(Array(text.utf8).span) }

  static let accepted: [(TextFormat, [String])] = [
    (
      .email,
      [
        "user@example.com", "a.b+c@sub.example.org", "x_y-z@a-b.co", "!#$%&'*+/=?^_`{|}~-@example.com", "1@2.3",
        String(repeating: "l", count: 64) + "@example.com",
      ]
    ),
    (
      .url,
      [
        // RFC 3986, 1.1.2, those with a host, and 3.2.
        "ftp://ftp.is.co.za/rfc/rfc1808.txt", "http://www.ietf.org/rfc/rfc2396.txt",
        "ldap://[2001:db8::7]/c=GB?objectClass?one", "telnet://192.0.2.16:80/",
        "foo://example.com:8042/over/there?name=ferret#nose",
        "http://a", "http://a/", "http://a?q=/?", "http://user:pass@host:8080/p;x=1,2?q=%20#f/?",
        "https://a.b/%E2%82%AC",
        "h2+x-1.y://a", "http://a//b", "http://a/@", "http://a?@", "http://[::1]", "http://1.2.3.4:65535",
      ]
    ),
    (
      .uuid,
      [
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "00000000-0000-0000-0000-000000000000",
        "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
      ]
    ),
    (.ipv4, ["0.0.0.0", "255.255.255.255", "192.0.2.16", "1.20.100.9"]),
    (
      .ipv6,
      [
        // RFC 4291, 2.2.
        "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "2001:DB8:0:0:8:800:200C:417A", "2001:DB8::8:800:200C:417A",
        "FF01::101",
        "::1", "::", "0:0:0:0:0:0:13.1.68.3", "::13.1.68.3", "::FFFF:129.144.52.38", "1::", "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
      ]
    ),
    (.date, ["2024-02-29", "1970-01-01"]),
    (
      .timestamp,
      ["1985-04-12T23:20:50.52Z", "1996-12-19T16:39:57-08:00", "1990-12-31T23:59:60Z", "1937-01-01T12:00:27.87+00:20"]
    ),
  ]

  static let rejected: [(TextFormat, [String])] = [
    (
      .email,
      [
        "", "@", "a@", "@b.c", "a@b", "a b@c.de", "a@b@c.de", ".a@b.cd", "a.@b.cd", "a..b@c.de", "a@-b.cd", "a@b-.cd",
        "a@b..cd", "a@.cd", "a@b.", "\"a\"@b.cd", "a@[1.2.3.4]", "é@b.cd", "a@é.cd",
        String(repeating: "l", count: 65) + "@example.com", "a@" + String(repeating: "b", count: 64) + ".cd",
        "a@" + String(repeating: "bcdefg.", count: 40) + "hi", "a@b.cd\n",
      ]
    ),
    (
      .url,
      [
        "", "http", "http:", "http:/", "http://", "http:///p", "//a/b", "a/b", "mailto:a@b.cd", "urn:x:y", "1http://a",
        "-x://a",
        "http://a b", "http://a/ b", "http://a/%", "http://a/%2", "http://a/%zz", "http://a/\"", "http://a/é",
        "http://a:99999",
        "http://a:x", "http://a:", "http://[::1", "http://::1]", "http://[1]", "http://[]", "http://[", "http://a/[x]",
        "http://a?[",
        "http://a#b#c", "http://a@b@c/", "http://a[b@c/", "http://-a", "http://a/\\", "http://a/<b>", "http://a/\n",
        "http://@",
      ]
    ),
    (
      .uuid,
      [
        "", "f81d4fae7dec11d0a76500a0c91e6bf6", "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf",
        "g81d4fae-7dec-11d0-a765-00a0c91e6bf6", "f81d4fae-7dec-11d0-a765_00a0c91e6bf6",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf60",
      ]
    ),
    (
      .ipv4,
      [
        "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.04", "1..2.3", ".1.2.3", "1.2.3.", "1.2.3.4 ",
        "0x1.2.3.4", "1.2.3.-4", "1234.1.1.1", "a.b.c.d",
      ]
    ),
    (
      .ipv6,
      [
        "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7",
        "12345::", "g::",
        "1::2:3:4:5:6:7:8", "::1.2.3", "::256.1.1.1", "1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4:5", "fe80::1%eth0",
        "[::1]",
        "::1 ", "1:::2", "::12345.1.1.1",
      ]
    ),
    (.date, ["2023-02-29", "2024-2-9", "20240209"]),
    (.timestamp, ["2024-02-29", "12:00:00", "1985-04-12T23"]),
  ]

  @Test func everyFormatHasItsLists() {
    #expect(Set(Self.accepted.map(\.0)) == Set(TextFormat.allCases))
    #expect(Set(Self.rejected.map(\.0)) == Set(TextFormat.allCases))
  }

  @Test(arguments: accepted)
  func accepts(format: TextFormat, texts: [String]) {
    for text in texts { #expect(Self.matches(format, text), "\(format): \(text)") }
  }

  @Test(arguments: rejected)
  func rejects(format: TextFormat, texts: [String]) {
    for text in texts { #expect(!Self.matches(format, text), "\(format): \(text)") }
  }

  @Test(arguments: TextFormat.allCases)
  func noTextIsTooStrange(format: TextFormat) {
    var generator = SeededGenerator(seed: 8)
    let alphabet = Array("a0:./@[]-#?%%%+TZ e1\u{FF}".utf8)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...24, using: &generator)).compactMap { _ in
        alphabet.randomElement(using: &generator)
      }
      _ = format.matches(bytes.span)
    }
  }
}
