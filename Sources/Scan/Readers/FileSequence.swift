/// Several files of one table, read one after another as one.
///
/// The first file names and types the columns; a later one may order them differently. What a file lacks is null in
/// its rows, and what differs is a defect of that file: a dataset whose files disagree is no table. Of JSON Lines the
/// columns are the keys of all files: one that is absent is null, in a whole file as in a row of it. The parts of a
/// path that are written `key=value`, as partitioned tables are stored, are columns too: those of all files, for a file
/// that lies outside of the folders is none of the table.
struct FileSequence: TableReader {
  let name: String
  let fields: [Field]
  private let files: [TableFile]
  private let options: TableOptions
  /// Which file was the first with a column, by the names of those that only a path makes.
  private let firstOfKeys: [String: String]
  private var part: Part

  init(_ files: [TableFile], named name: String, _ options: TableOptions) throws(ScanError) {
    self.name = name
    self.files = files
    self.options = options
    let reader = try files[0].open(options)
    let stored = Set(reader.fields.map(\.name))
    var keys: [String] = []
    var firstOfKeys: [String: String] = [:]
    for file in files {
      for partition in file.partitions where !stored.contains(partition.key) && firstOfKeys[partition.key] == nil {
        keys.append(partition.key)
        firstOfKeys[partition.key] = file.name
      }
    }
    self.firstOfKeys = firstOfKeys
    var fields = reader.fields
    if reader is JSONLinesReader {
      var known = Set((fields.map(\.name) + keys).map { ExactText($0) })
      for file in files.dropFirst() where file.canBeReadAgain {
        guard let other = try file.open(options) as? JSONLinesReader else { continue }
        fields += other.fields.filter { known.insert(ExactText($0.name)).inserted }
      }
    }
    self.fields = fields + keys.map { Field($0, .untyped) }
    part = Part(index: 0, file: files[0], reader: reader, self.fields, firstOfKeys, firstName: files[0].name)
  }

  mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
    while true {
      if let chunk = try part.nextChunk(of: columns) { return chunk }
      let next = part.index + 1
      guard next < files.count else { return nil }
      part = Part(
        index: next, file: files[next], reader: try files[next].open(options), fields, firstOfKeys,
        firstName: files[0].name)
    }
  }

  /// One of the files, open.
  private struct Part: Sendable {
    let index: Int
    private var reader: any TableReader
    /// Where each column of the whole comes from.
    private let origins: [Origin]
    /// Columns of the file that its path makes, too.
    private let claims: [FolderClaim]
    /// What is wrong with the file as a part of the whole; told with its first chunk.
    private var differences: [String]

    init(
      index: Int, file: TableFile, reader: any TableReader, _ fields: [Field], _ firstOfKeys: [String: String],
      firstName: String
    ) {
      self.index = index
      self.reader = reader
      let places = Dictionary(
        zip(reader.fields.map(\.name), reader.fields.indices), uniquingKeysWith: { first, _ in first })
      let values = Dictionary(file.partitions.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
      var differences: [String] = []
      origins = fields.map { field in
        if let place = places[field.name] {
          let type = reader.fields[place].type
          if type == field.type { return .file(place) }
          differences.append("\"\(field.name)\" is \(type.words), in \(firstName) it is \(field.type.words)")
        } else if let value = values[field.name] {
          return .path(value)
        } else if reader is JSONLinesReader, field.type == .tokens {
          return .absentKey
        } else {
          differences.append("no column \"\(field.name)\", which \(firstOfKeys[field.name] ?? firstName) has")
        }
        return .path(nil)
      }
      claims = values.sorted { $0.key < $1.key }.compactMap { key, value in
        places[key].map { FolderClaim(column: reader.fields[$0], place: $0, value: value) }
      }
      let known = Set(fields.map(\.name))
      for field in reader.fields where !known.contains(field.name) {
        differences.append("a column \"\(field.name)\", which \(firstName) has not")
      }
      self.differences = differences
    }

    mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
      let origins = columns.map { self.origins[$0] }
      let places = origins.compactMap { origin in if case .file(let place) = origin { place } else { nil } }
      // A reader gives no column twice.
      let read = places + claims.map(\.place).filter { !places.contains($0) }
      let next = try reader.nextChunk(of: read)
      // A file without rows may differ, too.
      guard let chunk = next ?? (differences.isEmpty ? nil : NoRows(columns: read.count)) else {
        return nil
      }
      defer { differences = [] }
      let held = claims.compactMap { claim in read.firstIndex(of: claim.place).map { (claim, $0) } }
      return PartChunk(chunk: chunk, file: index, origins: origins, claims: held, differences: differences)
    }
  }

  /// Where a column of the whole comes from in one of its files.
  enum Origin: Sendable {
    /// The file stores it at this place.
    case file(Int)
    /// All its rows have the value that stands in the path; nil for a null.
    case path(String?)
    /// It is a key that no object of the file has.
    case absentKey
  }
}

/// The chunk of a file that has no rows.
private struct NoRows: TableChunk {
  let columns: Int

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    (batch.rowCount, batch.firstRow, batch.lineCount) = (0, 0, 0)
    batch.lines = []
    batch.defects = []
    batch.stored = [StoredColumn](repeating: .texts(TextColumn()), count: columns)
    try body(&batch)
  }
}

/// A chunk of one of the files, with its columns in the order of the whole.
private struct PartChunk: TableChunk {
  var chunk: any TableChunk
  let file: Int
  let origins: [FileSequence.Origin]
  /// What the path says of columns, and where these stand among those that are read of the file.
  let claims: [(claim: FolderClaim, column: Int)]
  let differences: [String]

  /// Values that are held against a folder must be read.
  var statistics: ChunkStatistics? { claims.isEmpty ? chunk.statistics : nil }

  func omitting(_ columns: Set<Int>) -> PartChunk {
    var part = self
    part.chunk = chunk.omitting(ofFile(columns))
    return part
  }

  /// The places that columns of the whole have among those of the file.
  private func ofFile(_ columns: Set<Int>) -> Set<Int> {
    let stored = origins.indices.filter { if case .file = origins[$0] { true } else { false } }
    // What is held against the path must be read.
    return Set(stored.indices.filter { columns.contains(stored[$0]) }).subtracting(claims.map(\.column))
  }

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    try decode(into: &batch, omitting: { _ in [] }, body)
  }

  func decode(
    into batch: inout Batch, omitting: (ChunkStatistics) throws(ScanError) -> Set<Int>,
    _ body: (inout Batch) throws(ScanError) -> Void
  ) throws(ScanError) {
    var differences = differences
    var isHeld = true
    try chunk.decode(
      into: &batch, omitting: { known throws(ScanError) in ofFile(try omitting(known)) }
    ) { batch throws(ScanError) in
      let stored = batch.stored
      var next = 0
      batch.stored = origins.map { origin in
        switch origin {
        case .file:
          next += 1
          return stored[next - 1]
        case .path(let value): return Self.constant(value, rows: batch.rowCount)
        case .absentKey: return Self.absentKey(rows: batch.rowCount)
        }
      }
      batch.defects += differences.map { RecordDefect(line: 0, what: $0, of: .file) }
      differences = []
      if isHeld {
        let broken = claims.compactMap { $0.claim.contradiction(in: stored[$0.column], batch) }
        isHeld = broken.isEmpty
        batch.defects += broken
      }
      try body(&batch)
      batch.stored = stored
    }
  }

  private static func absentKey(rows: Int) -> StoredColumn {
    let nowhere = TextColumn(
      bytes: [], starts: [Int32](repeating: 0, count: rows), ends: [Int32](repeating: -1, count: rows))
    return .tokens(nowhere, kinds: [UInt8](repeating: TokenKind.null.rawValue, count: rows))
  }

  private static func constant(_ value: String?, rows: Int) -> StoredColumn {
    let bytes = Array((value ?? "").utf8)
    let codes = [Int32](repeating: value == nil ? -1 : 0, count: rows)
    return .texts(TextColumn(bytes: bytes, starts: [0], ends: [Int32(clamping: bytes.count)], codes: codes))
  }
}
