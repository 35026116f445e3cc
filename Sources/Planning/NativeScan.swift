package import Scan

/// The backend that reads files itself.
package struct NativeScan: Backend {
  let source: TableSource
  let resources: ScanResources
  private var reader: (any TableReader)?

  package init(_ source: TableSource, _ resources: ScanResources = ScanResources()) {
    self.source = source
    self.resources = resources
  }

  package mutating func fields() throws(ScanError) -> [Field] { try open().fields }

  package var canReadAgain: Bool { source.canBeReadAgain }

  package mutating func compute(_ plan: Plan) async throws(ScanError) -> Measurements {
    var resources = resources
    resources.memory = Int(Double(resources.memory) * plan.share)
    var scanner = Scanner(try take(), resources)
    return Measurements(try await scanner.scan(plan.requirements))
  }

  /// The reader for one pass: a source is read once, another pass opens it again.
  mutating func take() throws(ScanError) -> any TableReader {
    defer { reader = nil }
    return try open()
  }

  private mutating func open() throws(ScanError) -> any TableReader {
    if let reader { return reader }
    let opened = try source.open()
    reader = opened
    return opened
  }
}
