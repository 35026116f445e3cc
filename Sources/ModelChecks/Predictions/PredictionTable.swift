internal import Baselines
internal import Language
internal import Planning
internal import Scan
internal import Verdict

/// The rows of one file of predictions, column by column, and how messages name the file.
struct PredictionTable: Sendable {
  let name: String
  /// The files of which it is made, by the places of rows.
  let files: [String]
  let columns: CollectedColumns
  /// What a name that may move stood for; nil for files.
  var provenance: String?
  /// The columns in which slices are searched.
  let searched: [String]
  /// When the rows were made, as far as that is known.
  var time: Int64?

  /// The columns of the file by their names, each with its type.
  let fields: [Field]
  /// The values of each series before the rows, by its name.
  var history: [String: [Double]]?

  /// Why there are no rows to judge.
  enum Problem: Error, Sendable {
    /// The file cannot be read.
    case unreadable(SideFailure)
    /// The file does not have columns that the config names.
    case absent([String], in: String, near: String?)
    /// The file has a column that the config names more than once.
    case repeated([String], in: String)
    /// What the file holds cannot be judged.
    case unusable(RowProblem)
  }

  /// The rows of one side may take so many times the memory of a scan.
  private static let memoryFactor = 2

  /// Reads the columns of a file in one pass. Paths are resolved against the file that names them.
  static func load(
    _ path: Located<String>, _ request: PredictionRequest, role: SideRole, dated: Bool = false,
    context: RunContext
  ) async -> Result<PredictionTable, Problem> {
    let found: PredictionSource
    switch await PredictionSource.find(path, role: role, dated: dated, context: context) {
    case .success(let source): found = source
    case .failure(let failure): return .failure(.unreadable(failure))
    }
    let source = found.table
    context.progress("reading the \(role.rawValue)'s predictions \(source.name)")
    var scan = NativeScan(source, ScanResources(threads: context.threads, memory: context.memory))
    do throws(ScanError) {
      let fields = try scan.fields()
      let names = fields.map(\.name)
      let absent = request.absent(from: names)
      guard absent.isEmpty else {
        return .failure(.absent(absent, in: source.name, near: nearest(absent[0], among: names)))
      }
      var request = request.expanded(over: names)
      let searched = request.addSearched(among: fields)
      let repeated = request.all.filter { name in names.count { $0 == name } > 1 }
      guard repeated.isEmpty else { return .failure(.repeated(repeated, in: source.name)) }
      var plan = Plan()
      let slot = plan.require(
        CollectedColumns.Specification(
          numbers: request.numbers + request.numbersIfPresent.filter(names.contains),
          words: request.words + request.wordsIfPresent.filter(names.contains), key: request.key,
          computed: request.computed, claims: request.claims, limit: context.memory * memoryFactor))
      let defects = plan.require(DefectCount.Specification())
      let measurements = try await scan.compute(plan)
      let table = PredictionTable(
        name: source.name, files: source.files.map(\.name), columns: measurements[slot],
        provenance: found.provenance, searched: searched, time: found.time, fields: fields)
      if let problem = table.lostRecords(measurements[defects]) { return .failure(.unusable(problem)) }
      return .success(table)
    } catch {
      let isMissing = role == .baseline && source.isMissing
      let advice = isMissing ? SideFailure.firstRun : error.hint
      return .failure(
        .unreadable(
          SideFailure(
            reason: isMissing ? .baseline : error.kind == .limit ? .limit : .io, message: error.message,
            advice: advice ?? "write the predictions again", isMissing: isMissing)))
    }
  }

  /// The records that are no rows: the model may have been wrong in all of them.
  private func lostRecords(_ defects: DefectCount) -> RowProblem? {
    guard defects.count > 0 else { return nil }
    let records = defects.count == 1 ? "record is no row" : "records are no rows"
    return RowProblem(
      message: "\(Quantity.grouped(defects.count)) \(records) of \(name), and nobody knows what the model said of "
        + (defects.count == 1 ? "it" : "them"),
      samples: defects.first.map { sample(at: $0.place, $0.what) },
      notes: ["a row is not left out silently: write the predictions again, with a value in every row"], reason: .io)
  }

  /// A path that the config names: as messages show it, and where it is.
  static func resolve(_ path: Located<String>, _ context: RunContext) -> (name: String, path: String) {
    let file = path.location.file
    let folder = file.lastIndex(of: "/").map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? ""
    let name = BaselineReference.resolve(path.value, in: folder)
    return (name, BaselineReference.resolve(name, in: context.workingDirectory))
  }

  /// What to do where rows of one file come again in another.
  var runsAdvice: [String] {
    files.count < 2 ? [] : ["when each file is of a training run of its own, write a list: predictions: [\(name)]"]
  }

  /// A place of a row as evidence.
  func sample(at place: RowPlace, _ value: String) -> Evidence.Sample {
    let file = files.indices.contains(place.file) ? files[place.file] : name
    return place.countsRows
      ? Evidence.Sample(file: file, row: place.number, value: value)
      : Evidence.Sample(file: file, line: place.number, value: value)
  }
}
