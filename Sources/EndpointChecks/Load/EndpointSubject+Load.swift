internal import Language

extension EndpointSubject {
  /// The same endpoint, whose loads are reported.
  ///
  /// - Parameters:
  ///   - body: what they send instead of rows. Without it, a protocol that sends no rows has its address asked for.
  ///   - report: takes what each measured.
  package func loading(
    body: [UInt8]?, report: @escaping @Sendable (LoadReport) -> Void
  ) -> EndpointSubject {
    var declaration = declaration
    let isPlain = !declaration.preset.sendsRows && declaration.rows == nil
    declaration.entries = declaration.entries.map { entry in
      guard case .probing(var check as LatencyCheck) = entry.content else { return entry }
      check.question = body.map { .body($0) } ?? (isPlain ? .address : nil)
      check.report = { report(LoadReport($0)) }
      var entry = entry
      entry.content = .probing(check)
      return entry
    }
    return EndpointSubject(
      name: Located(name, at: location ?? declaration.entries[0].location), declaration: declaration, folders: folders)
  }
}
