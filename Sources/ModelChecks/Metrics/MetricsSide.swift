internal import Baselines
internal import Language
internal import Verdict

/// The metrics of one side of a comparison, and the file that they come from.
struct MetricsSide: Sendable {
  /// The file as messages name it.
  var name: String
  var table: MetricTable
  var content: Baseline
  /// What the baseline was accepted for; nil where nobody wrote it down.
  var contract: ComparabilityContract?

  /// Reads one side. Paths are resolved against the file that names them.
  static func load(
    _ reference: Located<BaselineReference>, role: SideRole, maxAge: Quantity? = nil, reader: MetricsReader,
    context: RunContext
  ) async -> Result<MetricsSide, SideFailure> {
    let folder = folder(of: reference.location.file)
    let name =
      switch reference.value {
      case .file(let path): BaselineReference.resolve(path, in: folder)
      default: reference.value.name
      }
    do throws(BaselineError) {
      context.progress("reading the \(role.rawValue) \(name)")
      let content = try await reference.value.fetch(
        in: BaselineReference.resolve(folder, in: context.workingDirectory), environment: context.environment,
        dated: maxAge != nil)
      var contract: ComparabilityContract?
      if role == .baseline {
        switch await ComparabilityContract.load(beside: reference, context) {
        case .success(let found): contract = found
        case .failure(let failure): return .failure(failure)
        }
      }
      if let maxAge,
        let failure = BaselineAge(limit: maxAge, now: context.now)
          .failure(of: name, madeAt: contract?.acceptedAt ?? content.time)
      {
        return .failure(failure)
      }
      do throws(MetricsFileError) {
        let table = try reader.read(content.bytes, path: content.path ?? reference.value.path, name: name)
        return .success(MetricsSide(name: name, table: table, content: content, contract: contract))
      } catch {
        return .failure(
          SideFailure(reason: .io, message: "\(name) \(error.problem)", advice: error.advice, isMissing: false))
      }
    } catch {
      return .failure(SideFailure(error, of: name, role))
    }
  }

  private static func folder(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "" }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }
}
