import Language
import Testing

@Suite struct PathSchemeTests {
  @Test(arguments: [
    ("s3://bucket/a.csv", "s3", "//bucket/a.csv"), ("models:/delay@champion", "models", "/delay@champion"),
    ("HTTP://a", "http", "//a"), ("git+https://x", "git+https", "//x"), ("a.b-c:/x", "a.b-c", "/x"),
  ])
  func isRead(text: String, name: String, rest: String) {
    let scheme = PathScheme(of: text)
    #expect(scheme?.name == name && scheme?.rest == rest)
  }

  @Test(arguments: ["a.csv", "a:b.csv", "./s3:/a", "dir/a:/b", "1a:/b", ":/a", "", "-", "é:/a", "2024-01-01T10:00/a"])
  func isNone(text: String) {
    #expect(PathScheme(of: text) == nil)
  }
}
