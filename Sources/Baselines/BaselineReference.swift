internal import Language

/// Where a baseline is: a file, a file as it was in a revision of git or DVC, an MLflow run, or a URL.
///
/// ```yaml
/// baseline: {metrics: models/metrics/champion.json}
/// baseline: {metrics: "git:origin/main:models/metrics/champion.json"}
/// baseline: {metrics: "git:merge-base(origin/main):models/metrics/champion.json"}
/// baseline: {metrics: "dvc:v1.2:out/metrics.json"}
/// baseline: {metrics: "mlflow:models:/delay@champion"}
/// baseline: {metrics: "https://models.example.org/champion.json"}
/// baseline: {metrics: history}
/// ```
///
/// A path of git or DVC counts from the root of the repository that the config lies in, as in `git show REV:PATH`; one that
/// begins with `./` or `../` counts from the folder of the config.
package enum BaselineReference: Sendable, Hashable, CustomStringConvertible {
  case file(String)
  case git(revision: String, path: String)
  case dvc(revision: String, path: String)
  case mlflow(MLflowReference)
  case web(WebReference)
  /// What accepted runs left in the history. The run brings it along: there is nothing to fetch.
  case history

  /// Reads the text of a config value. What is wrong with it is ``BaselineError/malformed(_:)``.
  package init(_ text: String) throws(BaselineError) {
    guard !text.isEmpty else { throw .malformed("the path is empty") }
    guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw .malformed("the path holds a control character")
    }
    if text.hasPrefix("git:") {
      let (revision, path) = try Self.revision(in: text.dropFirst(4), of: "git")
      self = .git(revision: revision, path: path)
    } else if text.hasPrefix("dvc:") {
      let (revision, path) = try Self.revision(in: text.dropFirst(4), of: "dvc")
      self = .dvc(revision: revision, path: path)
    } else if text.hasPrefix("mlflow:") {
      self = .mlflow(try MLflowReference(text.dropFirst(7)))
    } else if text.hasPrefix("http://") || text.hasPrefix("https://") {
      self = .web(try WebReference(text))
    } else if text == "history" {
      self = .history
    } else {
      // No file is meant, and one that is missing would be a first run.
      if let scheme = PathScheme(of: text) { throw .malformed(Self.words(forUnknown: scheme)) }
      self = .file(text)
    }
  }

  private static func words(forUnknown scheme: PathScheme) -> String {
    switch scheme.name {
    case "models", "runs": "an MLflow reference begins with mlflow: write mlflow:\(scheme.name):\(scheme.rest)"
    case "http", "https": "the scheme of a URL is written in small letters: \(scheme.name)://"
    case "file": "a file is named by its path alone, without file:"
    default: "baselines are not read from \(scheme.name):"
    }
  }

  /// `REVISION:PATH`.
  private static func revision(
    in text: Substring, of system: String
  ) throws(BaselineError) -> (revision: String, path: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .malformed("a \(system) reference is \(system):REVISION:PATH") }
    var revision = parts[0]
    if revision.hasPrefix(GitRepository.mergeBase), revision.hasSuffix(")") {
      revision = revision.dropFirst(GitRepository.mergeBase.count).dropLast()
    }
    guard !revision.isEmpty else { throw .malformed("the revision in \(system):REVISION:PATH is empty") }
    // git would take it for an option.
    guard !revision.hasPrefix("-") else { throw .malformed("a revision cannot begin with \"-\"") }
    guard !parts[1].isEmpty else { throw .malformed("the path in \(system):REVISION:PATH is empty") }
    guard !parts[1].hasPrefix("/") else {
      throw .malformed("a path of \(system) counts from the root of the repository and does not begin with \"/\"")
    }
    return (String(parts[0]), String(parts[1]))
  }

  /// The reference as the config writes it.
  package var description: String {
    switch self {
    case .file(let path): path
    case .git(let revision, let path): "git:\(revision):\(path)"
    case .dvc(let revision, let path): "dvc:\(revision):\(path)"
    case .mlflow(let reference): "\(reference)"
    case .web(let reference): reference.url
    case .history: "history"
    }
  }

  /// What messages call it: without what may be a secret.
  package var name: String {
    if case .web(let reference) = self { reference.name } else { description }
  }

  /// The path whose ending names the format, unless ``Baseline/path`` does.
  package var path: String {
    switch self {
    case .file(let path), .git(_, let path), .dvc(_, let path): path
    case .mlflow, .history: ""
    case .web(let reference): reference.path
    }
  }

  /// Reads the baseline. Only MLflow and URLs are asked over the network; nothing in a repository changes.
  ///
  /// - Parameters:
  ///   - directory: the folder of the file that names the reference.
  ///   - environment: what git sees besides the settings that keep it quiet and offline, and where servers and their
  ///     credentials are named.
  ///   - limit: the most bytes that a baseline may have.
  ///   - dated: whether the baseline's age is asked for, which takes git one call more.
  package func fetch(
    in directory: String, environment: [String: String], limit: Int = LocalFile.defaultLimit, dated: Bool = false
  ) async throws(BaselineError) -> Baseline {
    var baseline: Baseline
    switch self {
    case .file(let path):
      do throws(FileError) {
        let file = try LocalFile.read(Self.resolve(path, in: directory), limit: limit)
        baseline = Baseline(bytes: file.bytes, identity: file.identity)
      } catch {
        throw .file(error)
      }
    case .git(let revision, let path):
      do throws(GitError) {
        let repository = try await GitRepository(around: directory, environment: environment)
        let commit = try await repository.commit(of: revision)
        baseline = Baseline(
          bytes: try await repository.contents(of: path, in: commit, named: revision, limit: limit),
          provenance: "commit \(commit)")
        if dated { baseline.time = try await repository.time(of: path, in: commit) }
      } catch {
        throw .git(error)
      }
    case .dvc(let revision, let path):
      do throws(DVCError) {
        let repository = try await DVCRepository(around: directory, environment: environment)
        baseline = try await repository.baseline(of: path, at: revision, limit: limit)
      } catch {
        throw .dvc(error)
      }
    case .mlflow(let reference):
      do throws(MLflowError) {
        let client = try MLflowClient(address: reference.server, environment: environment, limit: limit)
        baseline = try await client.metrics(of: reference.target)
      } catch {
        throw .mlflow(error)
      }
    case .web(let reference):
      do throws(RemoteError) {
        baseline = try await reference.fetch(environment: environment, limit: limit)
      } catch {
        throw .remote(error)
      }
    case .history: throw .malformed("the history holds numbers, and no file")
    }
    guard !LocalFile.isLargeFilePointer(baseline.bytes) else { throw .largeFilePointer }
    return baseline
  }

  /// The same place for a file whose name is that of the baseline with something behind it; nil where there are no such
  /// files beside it.
  package func beside(_ suffix: String) -> BaselineReference? {
    switch self {
    case .file(let path): .file(path + suffix)
    case .git(let revision, let path), .dvc(let revision, let path): .git(revision: revision, path: path + suffix)
    case .mlflow, .web, .history: nil
    }
  }

  /// A path of a file, as seen from the folder of the file that names it.
  package static func resolve(_ path: String, in directory: String) -> String {
    if path.hasPrefix("/") || directory.isEmpty || directory == "." { return path }
    return directory.hasSuffix("/") ? directory + path : directory + "/" + path
  }
}

/// A baseline's content.
package struct Baseline: Sendable, Hashable {
  package var bytes: [UInt8]
  /// Which file of this machine it was read from; nil for one from elsewhere.
  package var identity: LocalFile.Identity?
  /// A path whose ending names the format; nil when the reference has it.
  package var path: String?
  /// What a name that may move stood for: a commit, a version and its run; nil for a file and a URL.
  package var provenance: String?
  /// When it was made, in seconds since 1970, UTC; nil where that is not known. The time of a file is not: a checkout
  /// makes every file new.
  package var time: Int64?

  package init(
    bytes: [UInt8], identity: LocalFile.Identity? = nil, path: String? = nil, provenance: String? = nil,
    time: Int64? = nil
  ) {
    self.bytes = bytes
    self.identity = identity
    self.path = path
    self.provenance = provenance
    self.time = time
  }
}
