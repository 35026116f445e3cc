internal import Language
package import Verdict

extension EndpointSubject {
  /// The same endpoint, whose loads are reported.
  ///
  /// - Parameters:
  ///   - body: what they send instead of rows. Without it, a protocol that sends no rows has its address asked for.
  ///   - isStreamed: whether answers are streamed, as far as ``isStreaming``.
  ///   - report: takes what each measured.
  package func loading(
    body: [UInt8]?, isStreamed: Bool = false, report: @escaping @Sendable (LoadReport) -> Void
  ) -> EndpointSubject {
    var declaration = declaration
    let isPlain = !declaration.preset.sendsRows && declaration.rows == nil
    declaration.entries = declaration.entries.map { entry in
      guard case .probing(var check as LatencyCheck) = entry.content else { return entry }
      check.isStreamed = isStreamed
      check.question = body.map { .body($0) } ?? (isPlain ? .address : nil)
      check.report = { report(LoadReport($0)) }
      var entry = entry
      entry.content = .probing(check)
      return entry
    }
    return EndpointSubject(
      name: Located(name, at: location ?? declaration.entries[0].location), declaration: declaration, folders: folders)
  }

  /// Whether its protocol says how answers are streamed.
  package var isStreaming: Bool { declaration.preset.streamFormat != nil }

  /// The names of the `latency` checks of the config, each with the identities that its findings have.
  package var loads: [(name: String, ids: [CheckID])] {
    plan.steps.compactMap { step in
      guard case .probing(let probing) = step, probing.check is LatencyCheck else { return nil }
      return (probing.check.options.id?.value ?? LatencyCheck.kind, probing.planned.map(\.id))
    }
  }

  /// The same endpoint, of whose `latency` checks one is reported and compared with nothing: what it measures may
  /// become the baseline.
  ///
  /// - Parameters:
  ///   - name: one of ``loads``.
  ///   - report: takes what it measured.
  package func loading(
    _ name: String, report: @escaping @Sendable (LoadReport) -> Void
  ) -> EndpointSubject {
    var declaration = declaration
    declaration.entries = declaration.entries.map { entry in
      guard case .probing(var check as LatencyCheck) = entry.content,
        check.options.id?.value ?? LatencyCheck.kind == name
      else { return entry }
      check.forgetBaseline()
      check.report = { report(LoadReport($0)) }
      var entry = entry
      entry.content = .probing(check)
      return entry
    }
    return EndpointSubject(
      name: Located(self.name, at: location ?? declaration.entries[0].location), declaration: declaration,
      folders: folders)
  }
}
