internal import CCurl

extension CurlEasy {
  /// Whom to trust, who we are, and which versions of TLS are spoken.
  func setTLS(_ tls: TLSOptions) {
    if let file = tls.caFile { ccurl_set_string(pointer, CURLOPT_CAINFO, file) }
    if let file = tls.clientCertificateFile { ccurl_set_string(pointer, CURLOPT_SSLCERT, file) }
    if let file = tls.clientKeyFile { ccurl_set_string(pointer, CURLOPT_SSLKEY, file) }
    if tls.acceptsAnyCertificate {
      set(CURLOPT_SSL_VERIFYPEER, 0)
      set(CURLOPT_SSL_VERIFYHOST, 0)
    }
    setVersions(of: tls)
    if tls.wantsCertificates {
      set(CURLOPT_CERTINFO, 1)
      set(CURLOPT_FRESH_CONNECT, 1)
    }
  }

  private func setVersions(of tls: TLSOptions) {
    let lowest: Int =
      switch tls.minimumVersion {
      case nil: CURL_SSLVERSION_DEFAULT
      case .tls1_0: CURL_SSLVERSION_TLSv1_0
      case .tls1_1: CURL_SSLVERSION_TLSv1_1
      case .tls1_2: CURL_SSLVERSION_TLSv1_2
      case .tls1_3: CURL_SSLVERSION_TLSv1_3
      }
    let highest: Int =
      switch tls.maximumVersion {
      case nil: CURL_SSLVERSION_MAX_NONE
      case .tls1_0: CURL_SSLVERSION_MAX_TLSv1_0
      case .tls1_1: CURL_SSLVERSION_MAX_TLSv1_1
      case .tls1_2: CURL_SSLVERSION_MAX_TLSv1_2
      case .tls1_3: CURL_SSLVERSION_MAX_TLSv1_3
      }
    set(CURLOPT_SSLVERSION, lowest | highest)
    // OpenSSL 3 speaks the old versions at its lowest level of security only.
    if let highest = tls.maximumVersion, highest < .tls1_2 {
      ccurl_set_string(pointer, CURLOPT_SSL_CIPHER_LIST, "DEFAULT@SECLEVEL=0")
    }
  }
}
