internal import CCurl

extension CurlEasy {
  /// The version of HTTP that the last exchange went over.
  var version: HTTPVersion {
    switch integer(CURLINFO_HTTP_VERSION) {
    case CURL_HTTP_VERSION_1_0: .http1_0
    case CURL_HTTP_VERSION_2_0: .http2
    case CURL_HTTP_VERSION_3: .http3
    default: .http1_1
    }
  }

  /// The version that was spoken in place of HTTP/2, which over TLS is only offered; nil when it was, and when nobody
  /// asked for it.
  func olderVersion(than choice: HTTPVersionChoice) -> HTTPVersion? {
    let spoken = version
    return choice == .http2 && [.http1_0, .http1_1].contains(spoken) ? spoken : nil
  }
}
