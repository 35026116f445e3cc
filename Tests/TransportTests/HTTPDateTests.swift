import Testing

@testable import Transport

@Suite struct HTTPDateTests {
  /// The numbers are those of `date -u -d … +%s`.
  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799), ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
    ("Fri, 31 Dec 2027 12:00:00 GMT", 1_830_254_400),
  ])
  func readsWhatServersSend(text: String, seconds: Int64) {
    #expect(HTTPDate(text)?.seconds == seconds)
    #expect(HTTPDate(seconds: seconds).description == text.dropFirst(5))
  }

  @Test(arguments: [
    "", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 32 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nuv 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
    "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
  ])
  func takesNothingElse(text: String) { #expect(HTTPDate(text) == nil) }
}
