internal import Baselines
internal import Glibc
internal import JSON
internal import ModelChecks
internal import Reports
internal import Verdict

/// The file that a model's baseline is, and the candidate's that takes its place.
struct ModelBaseline: Sendable {
  let model: ModelSubject
  let candidate: String
  let path: String

  /// What the file holds.
  var what: String { model.declaration.candidate.predictions == nil ? "metrics" : "predictions" }

  /// Copies the candidate's file over the baseline's, then writes what it was accepted for beside it; returns what went
  /// wrong. A contract of an earlier baseline never stands beside a new one: it goes first.
  func save(because reason: String?, in context: RunContext) async -> String? {
    var contract: ComparabilityContract
    switch await model.contract(in: context) {
    case .success(let found): contract = found
    case .failure(let problem): return problem.message
    }
    contract.acceptedAt = context.now
    contract.because = reason
    let place = path + ComparabilityContract.suffix
    if unlink(place) != 0, errno != ENOENT { return "\(place) cannot be replaced: \(String(cString: strerror(errno)))" }
    do throws(ReportError) {
      if let problem = try copy() { return problem }
      var digest = DataDigest()
      digest.add(wholeFile: path)
      contract.digest = digest.description
      try ReportFile.write(JSONWriter.pretty.bytes(contract.json) + [UInt8(ascii: "\n")], to: place)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Predictions may be large, so that they go through in pieces.
  private func copy() throws(ReportError) -> String? {
    let descriptor = open(candidate, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "\(candidate) cannot be read: \(String(cString: strerror(errno)))" }
    defer { close(descriptor) }
    let target = try StreamedFile(path: path)
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return "\(candidate) cannot be read: \(String(cString: strerror(errno)))" }
      if count == 0 { break }
      try target.write(count == chunk.count ? chunk : Array(chunk[..<count]))
    }
    try target.finish()
    return nil
  }
}
