internal import Transport

/// Tells what says who asks from the rest of a request: to ask without it, and with what nobody has given out.
struct Credentials: Sendable {
  private let secrets: Secrets
  private let authentication: Authentication?
  private let hasCertificate: Bool

  init(of declaration: EndpointDeclaration) {
    secrets = declaration.secrets
    authentication = declaration.authentication
    hasCertificate = declaration.connection.tls.certificate != nil
  }

  /// Whether a header carries credentials, by its name or because its value is a secret of the config.
  private func isCarrier(_ field: HTTPHeaders.Field) -> Bool {
    Secrets.isAuthentication(header: field.name) || secrets.occur(in: field.value)
  }

  /// Whether a request brings any.
  func stand(in request: HTTPRequest) -> Bool { hasCertificate || canBeWrong(in: request) }

  /// Whether a request brings some that wrong ones can take the place of: no certificate can be made up.
  func canBeWrong(in request: HTTPRequest) -> Bool {
    authentication != nil || request.headers.fields.contains(where: isCarrier)
  }

  // MARK: - Nobody

  func removed(from headers: HTTPHeaders) -> HTTPHeaders { HTTPHeaders(headers.fields.filter { !isCarrier($0) }) }

  func removed(from plan: RequestPlan) -> RequestPlan {
    var plan = plan
    plan.headers = removed(from: plan.headers)
    return plan
  }

  func removed(from session: Session) -> Session {
    var session = session
    (session.tls.clientCertificateFile, session.tls.clientKeyFile) = (nil, nil)
    session.authentication = nil
    session.headers = removed(from: session.headers)
    return session
  }

  // MARK: - An impostor

  /// Wrong ones in the same places. What names the scheme stays: `Bearer …`. One that is too short to be nearly right
  /// is invented.
  private func falsified(in headers: HTTPHeaders, _ falsification: Falsification) -> HTTPHeaders {
    HTTPHeaders(
      headers.fields.map { field in
        guard isCarrier(field) else { return field }
        let scheme = field.value.firstIndex(of: " ").map { field.value[...$0] } ?? ""
        let wrong = falsification.wrong(for: String(field.value.dropFirst(scheme.count))) ?? Authentication.nonsense
        return HTTPHeaders.Field(name: field.name, value: scheme + wrong)
      })
  }

  func falsified(in plan: RequestPlan, _ falsification: Falsification) -> RequestPlan {
    var plan = plan
    plan.headers = falsified(in: plan.headers, falsification)
    return plan
  }

  /// With the right certificate, what is wrong is the rest. Where the config has nothing that could be wrong, a bearer
  /// token is made up.
  func falsified(in session: Session, _ falsification: Falsification) -> Session {
    let hasHeaders = session.headers.fields.contains(where: isCarrier)
    var falsified = removed(from: session)
    if authentication != nil || hasHeaders { falsified.tls = session.tls }
    falsified.headers = self.falsified(in: session.headers, falsification)
    falsified.authentication =
      authentication.map { $0.wrong(falsification) ?? $0.wrong(.invented) ?? $0 }
      ?? (hasHeaders ? nil : .bearer(Authentication.nonsense))
    return falsified
  }

  /// The ways in which the credentials of a request can be nearly right.
  func nearMisses(of request: HTTPRequest) -> [Falsification] {
    (Falsification.nearMisses + Falsification.others).filter { falsification in
      if let authentication { return authentication.wrong(falsification) != nil }
      return request.headers.fields.contains { field in
        isCarrier(field)
          && falsification.wrong(for: String(field.value.split(separator: " ", maxSplits: 1).last ?? "")) != nil
      }
    }
  }
}
