/// Several files of one table, read one after another as one.
///
/// The first file names and types the columns; a later one may order them differently. What a file lacks is null in
/// its rows, and what differs is a defect of that file: a dataset whose files disagree is no table. The parts of a
/// path that are written `key=value`, as partitioned tables are stored, are columns too.
struct FileSequence: TableReader {
  let name: String
  let fields: [Field]
  private let files: [TableFile]
  private let options: TableOptions
  private let fileFieldCount: Int
  private var current: (index: Int, reader: any TableReader)?

  init(_ files: [TableFile], named name: String, _ options: TableOptions) throws(ScanError) {
    self.name = name
    self.files = files
    self.options = options
    let first = try files[0].open(options)
    let names = Set(first.fields.map(\.name))
    let partitions = files[0].partitions.filter { !names.contains($0.key) }.map { Field($0.key, .untyped) }
    fields = first.fields + partitions
    fileFieldCount = first.fields.count
    current = (0, first)
  }

  mutating func nextChunk(of columns: [Int]) throws(ScanError) -> (any TableChunk)? {
    while let (index, _) = current {
      let places = columns.map { place(of: $0) }
      let isFirst = pendingDefects
      if let chunk = try current?.reader.nextChunk(of: places.compactMap { $0 }) {
        let defects = isFirst ? differences() : []
        pendingDefects = false
        let types = zip(columns, places).map { column, place in
          place == nil ? nil : current.map { $0.reader.fields[place ?? 0].type == fields[column].type } ?? false
        }
        return SequenceChunk(
          chunk: chunk, file: index, isStored: types, constants: columns.map { constant($0, in: files[index]) },
          defects: defects)
      }
      guard index + 1 < files.count else { return nil }
      current = (index + 1, try files[index + 1].open(options))
      pendingDefects = true
    }
    return nil
  }

  private var pendingDefects = false

  /// Where the current file has a column; nil when it has none, or only in its path.
  private func place(of column: Int) -> Int? {
    guard column < fileFieldCount else { return nil }
    return current?.reader.fields.firstIndex { $0.name == fields[column].name }
  }

  private func constant(_ column: Int, in file: TableFile) -> String? {
    column < fileFieldCount ? nil : file.partitions.last { $0.key == fields[column].name }?.value
  }

  /// How the current file's columns differ from those of the first.
  private func differences() -> [String] {
    guard let (index, reader) = current, index > 0 else { return [] }
    let theirs = Dictionary(reader.fields.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    let ours = Set(fields.map(\.name))
    var differences: [String] = []
    for field in fields.prefix(fileFieldCount) {
      guard let type = theirs[field.name] else {
        differences.append("no column \"\(field.name)\", which \(files[0].name) has")
        continue
      }
      if type != field.type {
        differences.append("\"\(field.name)\" is \(type.words), in \(files[0].name) it is \(field.type.words)")
      }
    }
    for field in reader.fields where !ours.contains(field.name) {
      differences.append("a column \"\(field.name)\", which \(files[0].name) has not")
    }
    for field in fields.dropFirst(fileFieldCount)
    where !files[index].partitions.contains(where: { $0.key == field.name }) {
      differences.append("no part \"\(field.name)=…\" in its path")
    }
    return differences
  }
}

/// A chunk of one of the files, with its columns in the order of the whole.
private struct SequenceChunk: TableChunk {
  let chunk: any TableChunk
  let file: Int
  /// For every column whether the file stores it as the whole does; nil when it does not store it.
  let isStored: [Bool?]
  /// The values that stand in the path.
  let constants: [String?]
  /// What is wrong with the file as a part of the whole.
  let defects: [String]

  func decode(into batch: inout Batch, _ body: (inout Batch) throws(ScanError) -> Void) throws(ScanError) {
    var isFirst = true
    try chunk.decode(into: &batch) { batch throws(ScanError) in
      let stored = batch.stored
      var next = 0
      batch.stored = isStored.indices.map { column in
        guard let isSame = isStored[column] else { return Self.constant(constants[column], rows: batch.rowCount) }
        next += 1
        return isSame ? stored[next - 1] : Self.constant(nil, rows: batch.rowCount)
      }
      if isFirst { batch.defects += defects.map { RecordDefect(line: 0, what: $0) } }
      isFirst = false
      try body(&batch)
      batch.stored = stored
    }
  }

  private static func constant(_ value: String?, rows: Int) -> StoredColumn {
    let bytes = Array((value ?? "").utf8)
    let end = value == nil ? Int32(-1) : Int32(clamping: bytes.count)
    return .texts(
      TextColumn(bytes: bytes, starts: [0], ends: [end], codes: [Int32](repeating: value == nil ? -1 : 0, count: rows)))
  }
}
