/// Why a server's certificate is not accepted.
package enum CertificateFlaw: String, Sendable, CaseIterable {
  case expired
  case notYetValid = "not-yet-valid"
  /// It is another host's.
  case foreignHost = "foreign-host"
  /// Nobody who is trusted has signed it.
  case untrusted

  /// - Parameter verification: what OpenSSL says (`X509_V_ERR_…`, x509_vfy.h). libcurl compares the host itself and then
  ///   leaves the number that it began with: 1, in later versions 0.
  init(verification: Int) {
    switch verification {
    case 9: self = .notYetValid
    case 10: self = .expired
    case 0, 1, 62: self = .foreignHost
    default: self = .untrusted
    }
  }

  /// What is wrong with the certificate, in words that follow "the certificate".
  package var words: String {
    switch self {
    case .expired: "has expired"
    case .notYetValid: "is not valid yet"
    case .foreignHost: "is for another host"
    case .untrusted: "is signed by nobody who is trusted here"
    }
  }

  /// What to do about it.
  var advice: String {
    switch self {
    case .expired: "Renew it on the server."
    case .notYetValid: "Check the clocks of both machines."
    case .foreignHost: "Ask the host by a name that stands in the certificate, or renew it with this one."
    case .untrusted: "Name the authority as tls: {ca: FILE}, and let the server send the whole chain."
    }
  }
}
