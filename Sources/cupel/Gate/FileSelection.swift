internal import Config
internal import Language
internal import ModelChecks
internal import Scan
internal import Verdict

/// What the files on a command line select of a gate: a table, rules or predictions what they belong to, the config
/// everything. A file that is gone still selects the dataset whose source it was.
struct FileSelection {
  private(set) var subjects: [any Subject] = []
  /// The files that belong to nothing, as they were named.
  private(set) var strangers: [String] = []
  /// Those of them that do not exist, with what may have been meant.
  private(set) var missing: [(name: String, meant: String?)] = []

  /// How many files one note names.
  private static let namedStrangers = 10

  init(_ names: [String], of gate: Gate, _ invocation: Invocation) {
    let folder = invocation.workingDirectory
    let named = names.map { NamedFile($0, in: folder) }
    let config = FileIdentity(gate.configPath)
    let owners = gate.subjects.map { GoverningFiles(gate.files(of: $0, in: folder)) }
    subjects = zip(gate.subjects, owners).compactMap { subject, owner in
      named.contains { $0.identity == config || owner.include($0) } ? subject : nil
    }
    let unclaimed = named.filter { file in file.identity != config && !owners.contains { $0.include(file) } }
    let known = unclaimed.isEmpty ? [] : gate.subjects.flatMap { gate.files(of: $0, in: folder) }
    let words = Set(known).filter { !FilePattern.isPattern($0) }.map { PathNames.relative($0, to: folder) }.sorted()
    for file in unclaimed {
      if case .absent = file.identity {
        missing.append((file.name, nearest(file.name, among: words)))
      } else {
        strangers.append(file.name)
      }
    }
  }

  /// What is to be said of files that select nothing.
  func notes(_ configName: String) -> [String] {
    var notes = missing.map { file in
      let hint = file.meant.map { "; did you mean \($0)?" } ?? ""
      return "note: \(file.name) does not exist, and no dataset of \(configName) includes it\(hint)"
    }
    if !strangers.isEmpty {
      let rest = strangers.count - Self.namedStrangers
      let names = strangers.prefix(Self.namedStrangers).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
      notes.append("note: no dataset of \(configName) includes \(names)")
    }
    return notes
  }
}

/// A file on the command line.
private struct NamedFile {
  var name: String
  var path: String
  var identity: FileIdentity

  init(_ name: String, in folder: String) {
    self.name = name
    path = ConfigPath.resolve(name, against: folder + "/")
    identity = FileIdentity(path)
  }
}

/// The files of a subject, and the patterns that they were found by.
private struct GoverningFiles {
  private let identities: Set<FileIdentity>
  private let patterns: [String]

  init(_ paths: Set<String>) {
    identities = Set(paths.map { FileIdentity($0) })
    patterns = paths.filter { FilePattern.isPattern($0) || FilePattern.isFolder($0) }.map { path in
      let parts = path.split(separator: "/")
      let fixed = parts.prefix { !FilePattern.isPattern(String($0)) }
      let folder = FileIdentity.canonical("/" + fixed.joined(separator: "/"))
      return ([folder] + parts.dropFirst(fixed.count).map(String.init)).joined(separator: "/")
    }
  }

  func include(_ file: NamedFile) -> Bool {
    if identities.contains(file.identity) { return true }
    guard case .absent(let path) = file.identity, path != "-" else { return false }
    return patterns.contains { FilePattern.means(path, by: $0) }
  }
}

extension Gate {
  /// The files that a subject is judged by, and the patterns that they are found by, as they can be opened.
  func files(of subject: any Subject, in workingDirectory: String) -> Set<String> {
    if let model = subject as? ModelSubject {
      let baseline = model.baselineFile(in: workingDirectory).map { [$0.path] } ?? []
      return Set(model.candidateFiles(in: workingDirectory) + baseline)
    }
    return subject.suite == .data ? filesOfDatasets[subject.name] ?? [] : []
  }
}
