import JSON
import Language
import Testing

@testable import EndpointChecks

/// A secret is masked however a server writes what it was sent.
@Suite struct SecretPatternTests {
  static let secret = "p\"ss&wört/'<ü€😀>="

  /// Written by Python's html.escape, json.dumps (once, and within itself), Go's encoding/json, Gson and PHP.
  @Test(arguments: [
    #"p&quot;ss&amp;wört/&#x27;&lt;ü€😀&gt;="#,
    #"p&#34;ss&amp;wört/&#39;&lt;ü€😀&gt;="#,
    #"p\"ss&w\u00f6rt/'<\u00fc\u20ac\ud83d\ude00>="#,
    #"p\"ss&w\u00F6rt/'<\u00FC\u20AC\uD83D\uDE00>="#,
    #"p\\\"ss&w\\u00f6rt/'<\\u00fc\\u20ac\\ud83d\\ude00>="#,
    #"p\\\"ss&wört/'<ü€😀>="#,
    #"p\"ss\u0026wört/'\u003cü€😀\u003e="#,
    #"p\"ss\u0026wört/\u0027\u003cü€😀\u003e\u003d"#,
    #"p\"ss&wört\/'<ü€😀>="#,
    #"p\"ss&w\u00f6rt\/'<\u00fc\u20ac\ud83d\ude00>="#,
    "p%22ss%26w%C3%B6rt%2F%27%3C%C3%BC%E2%82%AC%F0%9F%98%80%3E%3D",
    "p%2522ss%2526w%25c3%25b6rt/%2527%253C%25C3%25BC%25E2%2582%25AC%25F0%259F%2598%2580%253E%253D",
    #"p&quot;ss&amp;w&ouml;rt/&apos;&lt;&#xFC;&#8364;&#128512;&gt;&#61;"#,
    #"p&amp;quot;ss&amp;amp;w&amp;#246;rt/&amp;#39;&amp;lt;ü€😀&amp;gt;="#,
    #"p\u0022ss\u0026w\xf6rt/\'<\xfc\u20ac\U0001f600>\u003d"#,
    #"p\"ss&w\xc3\xb6rt/'<\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80>="#,
  ])
  func everySpellingIsMasked(_ written: String) {
    var secrets = Secrets()
    secrets.add(Self.secret)
    #expect(secrets.mask("before \(written) after") == "before *** after")
  }

  /// A token in base 64 as .NET, Gson and Go's html/template write it, and a key of several lines.
  @Test(arguments: [
    ("Zm9v+c2Vj/cXV4eA==", #"Zm9v\u002Bc2Vj/cXV4eA=="#), ("Zm9v+c2Vj/cXV4eA==", #"Zm9v+c2Vj/cXV4eA\u003d\u003d"#),
    ("Zm9v+c2Vj/cXV4eA==", "Zm9v&#43;c2Vj/cXV4eA=="), ("BEGIN\nkey\r\n", #"BEGIN\nkey\r\n"#),
    ("BEGIN\nkey\r\n", #"BEGIN\\nkey\\r\\n"#), ("two words", "two+words"), ("two words", "two%20words"),
  ])
  func othersToo(_ secret: String, _ written: String) {
    var secrets = Secrets()
    secrets.add(secret)
    #expect(secrets.mask("<\(written)>") == "<***>")
  }

  @Test func nothingElseIsMasked() {
    var secrets = Secrets()
    secrets.add("tok3n-a")
    let others = #"tok3n-b \tok3n &tok3n; %74 \u0074ok4n tok3n-"#
    #expect(secrets.mask(others) == others)
    #expect(secrets.mask(#"\u0074ok3n-a &#116;ok3n-a"#) == "*** ***")
  }

  /// What stands beside a secret in the same text of the config is none.
  @Test func onlyTheSecretPartOfATextIsMasked() {
    var node = FlowText.node(
      "/v1/score?key=t0ken&verbose=1", secrets: ["/v1/score?key=t0ken&verbose=1"])
    #expect(Secrets(in: node).mask("> GET /v1/score?key=t0ken&verbose=1") == "> GET ***")
    node.secrets = ["t0ken"]
    #expect(
      Secrets(in: node).mask("> GET /v1/score?key=t0ken&verbose=1")
        == "> GET /v1/score?key=***&verbose=1")
  }
}
