import JSON
import Language
import Testing

@testable import EndpointChecks

/// A secret is masked however a server writes what it was sent.
@Suite struct SecretSpellingsTests {
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
  ])
  func everySpellingIsMasked(_ written: String) {
    var secrets = Secrets()
    secrets.add(Self.secret)
    #expect(secrets.mask("before \(written) after") == "before *** after")
  }

  @Test func aPlainSecretHasOneSpelling() {
    #expect(SecretSpellings(of: "tok3n-of_letters").all == ["tok3n-of_letters"])
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
