import JSON
import TestSupport
import Testing

@testable import Scan

@Suite struct TextFormatTests {
  /// Whether the text is one of the format, under a setting that is written behind a colon: `iban:DE`. A format that
  /// needs a setting has that of its example.
  private static func matches(_ name: String, _ text: String) throws -> Bool {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    let format = try #require(TextFormat.named(parts[0]))
    let setting = parts.count > 1 ? parts[1] : format.needsOption ? format.option?.example : nil
    return try format.test(setting)(Array(text.utf8).span)
  }

  static let accepted: [(String, [String])] = [
    (
      "email",
      [
        "user@example.com", "a.b+c@sub.example.org", "x_y-z@a-b.co", "!#$%&'*+/=?^_`{|}~-@example.com", "1@2.3",
        String(repeating: "l", count: 64) + "@example.com",
      ]
    ),
    (
      "url",
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
      "uuid",
      [
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "00000000-0000-0000-0000-000000000000",
        "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
      ]
    ),
    ("ipv4", ["0.0.0.0", "255.255.255.255", "192.0.2.16", "1.20.100.9"]),
    (
      "ipv6",
      [
        // RFC 4291, 2.2.
        "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "2001:DB8:0:0:8:800:200C:417A", "2001:DB8::8:800:200C:417A",
        "FF01::101",
        "::1", "::", "0:0:0:0:0:0:13.1.68.3", "::13.1.68.3", "::FFFF:129.144.52.38", "1::", "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
      ]
    ),
    ("date", ["2024-02-29", "1970-01-01"]),
    (
      "timestamp",
      ["1985-04-12T23:20:50.52Z", "1996-12-19T16:39:57-08:00", "1990-12-31T23:59:60Z", "1937-01-01T12:00:27.87+00:20"]
    ),
    ("iban:DE", ["DE89370400440532013000", "DE89 3704 0044 0532 0130 00"]),
    ("country:alpha_2", ["DE", "GB"]), ("country:alpha_3", ["DEU"]),
    ("isbn:isbn_10", ["0-306-40615-2"]), ("isbn:isbn_13", ["9780306406157"]),
    ("vin:always", ["1M8GDM9AXKP042788"]), ("language:iso_639_1", ["de", "zh"]),
    ("postal_code:GB", ["SW1A 1AA", "M1 1AE", "GIR 0AA"]), ("postal_code:CA", ["K1A 0B1"]),
    ("postal_code:IE", ["D02 X285", "D6W XY00"]), ("postal_code:AD", ["AD500"]), ("postal_code:GI", ["GX11 1AA"]),
    ("postal_code:AM", ["0010", "375010"]), ("postal_code:SZ", ["H100"]), ("postal_code:KY", ["KY1-1100"]),
    ("postal_code:GL", ["3900"]), ("postal_code:JE", ["JE2 3AB"]), ("postal_code:MS", ["MSR 1110"]),
    ("strftime:%Y", ["2024"]), ("strftime:%-d.%-m.%y", ["1.2.24", "29.2.00", "31.12.68"]),
    ("strftime:%a %d %b %Y", ["Thu 29 Feb 2024", "THU 01 jan 1970", "Wed 31 Dec 1969"]),
    ("strftime:%Y-%j", ["2024-366", "2023-365"]), ("strftime:%I:%M %p", ["12:00 AM", "01:59 pm"]),
    ("strftime:%FT%T.%f%z", ["2024-02-29T23:59:60.123456+01:00", "2024-02-29T00:00:00.1Z"]),
    ("strftime:%H:%M:%S.%f", ["23:06:37.657268", "23:06:37.6"]), ("strftime:%d.%m.", ["29.02."]),
    ("strftime:%e %B %Y", [" 1 May 2024", "31 March 2024"]),
    ("strftime:100%% %D", ["100% 02/29/24"]), ("strftime:日%d", ["日31"]),
    ("language", ["EN-us", "zh-cmn-Hans-CN", "sr-Latn-RS", "de-DE-u-co-phonebk", "x-a-b", "en-a-bbb-x-a-ccc", "qaa"]),
  ]

  static let rejected: [(String, [String])] = [
    (
      "email",
      [
        "", "@", "a@", "@b.c", "a@b", "a b@c.de", "a@b@c.de", ".a@b.cd", "a.@b.cd", "a..b@c.de", "a@-b.cd", "a@b-.cd",
        "a@b..cd", "a@.cd", "a@b.", "\"a\"@b.cd", "a@[1.2.3.4]", "é@b.cd", "a@é.cd",
        String(repeating: "l", count: 65) + "@example.com", "a@" + String(repeating: "b", count: 64) + ".cd",
        "a@" + String(repeating: "bcdefg.", count: 40) + "hi", "a@b.cd\n",
      ]
    ),
    (
      "url",
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
      "uuid",
      [
        "", "f81d4fae7dec11d0a76500a0c91e6bf6", "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf",
        "g81d4fae-7dec-11d0-a765-00a0c91e6bf6", "f81d4fae-7dec-11d0-a765_00a0c91e6bf6",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf60",
      ]
    ),
    (
      "ipv4",
      [
        "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.04", "1..2.3", ".1.2.3", "1.2.3.", "1.2.3.4 ",
        "0x1.2.3.4", "1.2.3.-4", "1234.1.1.1", "a.b.c.d",
      ]
    ),
    (
      "ipv6",
      [
        "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7",
        "12345::", "g::",
        "1::2:3:4:5:6:7:8", "::1.2.3", "::256.1.1.1", "1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4:5", "fe80::1%eth0",
        "[::1]",
        "::1 ", "1:::2", "::12345.1.1.1",
      ]
    ),
    ("date", ["2023-02-29", "2024-2-9", "20240209"]),
    ("timestamp", ["2024-02-29", "12:00:00", "1985-04-12T23"]),
    ("iban:DE", ["GB82 WEST 1234 5698 7654 32", "DE", ""]),
    ("country:alpha_2", ["DEU", "D"]), ("country:alpha_3", ["DE", "deu"]),
    ("isbn:isbn_10", ["9780306406157"]), ("isbn:isbn_13", ["0306406152"]),
    ("vin:always", ["WVWZZZ1KZAW000001"]), ("language:iso_639_1", ["DE", "deu", "de-DE", "xx"]),
    ("postal_code:AD", ["BD500", "500"]), ("postal_code:GI", ["GY11 1AA", "GX11 1AB"]), ("postal_code:GL", ["4900"]),
    ("postal_code:GB", ["SW1A1AA", "sw1a 1aa", "1AA SW1A"]), ("postal_code:CA", ["K1A-0B1", "11A 0B1"]),
    ("strftime:%Y", ["24", "02024", "2o24"]), ("strftime:%-d.%-m.%y", ["01.2.24", "1.02.24", "30.2.24", "1.2.2024"]),
    ("strftime:%a %d %b %Y", ["Fri 29 Feb 2024", "Thursday 29 Feb 2024", "Thu 29 Mär 2024"]),
    ("strftime:%Y-%j", ["2023-366", "2024-000", "2024-36"]),
    ("strftime:%I:%M %p", ["13:00 PM", "00:10 AM", "1:00 PM"]),
    ("strftime:%FT%T.%f%z", ["2024-02-29T23:59:61.1Z", "2024-02-29T00:00:00.Z", "2024-02-29T00:00:00.1+25:00"]),
    ("strftime:%H:%M:%S.%f", ["23:06:37.6572682", "23:06:37."]),
    ("strftime:%d.%m.", ["30.02.", "31.04."]), ("strftime:%e %B %Y", ["01 May 2024", "1 May 2024"]),
    ("strftime:%Y-%m-%d %j", ["2024-03-01 060"]),
    (
      "language",
      ["de-x", "de-a", "de-abcdefghi", "zh-cmn-abc-def-ghi", "en-Latn-Latn", "de--DE", "-de", "x", "english"]
    ),
  ]

  @Test(arguments: accepted + ChecksumSample.accepted)
  func accepts(format: String, texts: [String]) throws {
    for text in texts { #expect(try Self.matches(format, text), "\(format): \(text)") }
  }

  @Test(arguments: rejected + ChecksumSample.rejected)
  func rejects(format: String, texts: [String]) throws {
    for text in texts { #expect(try !Self.matches(format, text), "\(format): \(text)") }
  }

  /// What a format says of itself is true.
  @Test(arguments: TextFormat.all.map(\.name))
  func keepsItsExamples(name: String) throws {
    let format = try #require(TextFormat.named(name))
    #expect(!format.good.isEmpty && format.bad.count > 1)
    #expect(format.summary.hasSuffix(".") && format.summary.count > 20)
    for text in format.good { #expect(try Self.matches(name, text), "\(name): \(text)") }
    for text in format.bad { #expect(try !Self.matches(name, text), "\(name): \(text)") }
  }

  @Test func namesDiffer() {
    let names = TextFormat.all.map(\.name)
    #expect(Set(names).count == names.count)
  }

  /// Every part of the standard's examples that a single change touches: mutations of good texts must neither crash nor
  /// be taken for the text itself.
  @Test(arguments: TextFormat.all.map(\.name))
  func noTextIsTooStrange(name: String) throws {
    let format = try #require(TextFormat.named(name))
    let settings: [String?] = (format.needsOption ? [] : [nil]) + (format.option.map { [$0.example] } ?? [])
    for setting in settings {
      let test = try format.test(setting)
      var generator = SeededGenerator(seed: 8)
      let alphabet = Array("a0:./@[]-#?%%%+TZ e1AD\"{},\\u\u{FF}\0".utf8)
      for round in 0..<20_000 {
        var bytes =
          round % 2 == 0
          ? (0..<Int.random(in: 0...24, using: &generator)).compactMap { _ in alphabet.randomElement(using: &generator)
          }
          : Array(try #require(format.good.randomElement(using: &generator)).utf8)
        if round % 2 == 1 {
          let place = Int.random(in: 0..<bytes.count, using: &generator)
          let byte = try #require(alphabet.randomElement(using: &generator))
          if Bool.random(using: &generator) { bytes[place] = byte } else { bytes = Array(bytes[..<place]) }
        }
        _ = test(bytes.span)
      }
    }
  }

  /// The reader of the JSON module is the other one that knows the grammar.
  @Test func jsonIsWhatTheParserReads() throws {
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"a\"", "\"\\n\"", "\"\\u00e9\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"",
      "\"\\ude00\\u00e\"", "1", "-0",
      "01", "1.", ".5",
      "1e5", "2.5E-3", "12345678901234567890123", "1e999", "true", "false", "null", "nul", " ", "\n", "\t", "\u{1}",
      "\"",
      "\\", "NaN", "-", "é", "\"é\"", "{\"a\":1}", "[]", "{}", "[1,2]",
    ]
    var generator = SeededGenerator(seed: 21)
    var accepted = 0
    for round in 0..<60_000 {
      var text = (0..<Int.random(in: 0...7, using: &generator)).compactMap { _ in
        pieces.randomElement(using: &generator)
      }.joined()
      if round % 3 == 0 { text = "[\(text)]" }
      if round % 3 == 1 { text = "{\"k\": \(text)}" }
      let wanted = (try? JSONParser.parse(text, mode: .replacing)) != nil
      #expect(isJSON(Array(text.utf8).span) == wanted, "\(text)")
      accepted += wanted ? 1 : 0
    }
    #expect(accepted > 2000)
    for depth in [511, 512, 513] {
      let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      #expect(isJSON(Array(text.utf8).span) == ((try? JSONParser.parse(text)) != nil), "\(depth)")
    }
  }

  @Test func settingsAreJudged() throws {
    for (name, setting) in [
      ("email", "x"), ("iban", "XX"), ("iban", "de"), ("country", "alpha_4"), ("vin", "never"), ("postal_code", "XX"),
      ("isbn", "13"), ("strftime", "%Q"),
    ] {
      let format = try #require(TextFormat.named(name))
      #expect(throws: TextFormatError.self) { try format.test(setting) }
    }
    for format in TextFormat.all where format.needsOption {
      #expect(throws: TextFormatError.self) { try format.test(nil) }
    }
  }
}
