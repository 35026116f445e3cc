import Testing

@testable import Baselines

@Suite struct RemoteCredentialsTests {
  /// RFC 7617, section 2.
  @Test func userAndPasswordComeBeforeAToken() {
    let both = RemoteCredentials(user: "Aladdin", password: "open sesame", token: "t0ken", variables: "V")
    #expect(both.authorization == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    #expect(RemoteCredentials(user: "a", password: nil, token: "t0ken", variables: "V").authorization == "Bearer t0ken")
    #expect(RemoteCredentials(user: nil, password: nil, token: "", variables: "V").authorization == nil)
  }

  @Test func whatAServerRepeatsIsMasked() {
    let basic = RemoteCredentials(user: "Aladdin", password: "open-sesame", token: nil, variables: "V")
    #expect(
      basic.masked("wrong: open-sesame\n (QWxhZGRpbjpvcGVuLXNlc2FtZQ==)") == "wrong: *** (***)")
    let header = RemoteCredentials(header: "Bearer abcdefgh", variables: "V")
    #expect(header.masked("Bearer abcdefgh and abcdefgh alone") == "*** and *** alone")
    #expect(header.masked(String(repeating: "x ", count: 900)).count == 301)
  }

  @Test(arguments: [("a b", "a%20b"), ("x&y=z", "x%26y%3Dz"), ("ü", "%C3%BC"), ("A-z_0.9~", "A-z_0.9~"), ("\n", "%0A")])
  func parametersAreEncoded(text: String, encoded: String) {
    #expect(text.percentEncoded == encoded)
  }
}
