internal import Glibc

/// Finds the file behind a command's first word before anything is started, so that a failure says what is wrong.
struct ExecutableSearch {
  /// The program as the command names it.
  let program: String
  /// Where a relative program path is looked up; nil means where we stand.
  let workingDirectory: String?
  /// The value of `PATH` that counts.
  let path: String

  /// What POSIX systems search when `PATH` is not set.
  static let defaultPath = "/usr/local/bin:/usr/bin:/bin"

  private enum Finding {
    case runnable
    case absent
    case unusable(LaunchError)
  }

  /// A path for `exec` in the working directory.
  func find() throws(LaunchError) -> String {
    if program.contains("/") {
      let seen = program.hasPrefix("/") ? program : (workingDirectory.map { $0 + "/" } ?? "") + program
      switch Self.look(at: seen) {
      case .runnable: return program
      case .absent: throw .notFound(program: program, searched: [seen])
      case .unusable(let error): throw error
      }
    }
    // Relative and empty entries are left out: what runs must not depend on where we stand.
    let folders = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    var firstProblem: LaunchError?
    for folder in folders {
      let candidate = "\(folder)/\(program)"
      switch Self.look(at: candidate) {
      case .runnable: return candidate
      case .absent: continue
      case .unusable(let error): firstProblem = firstProblem ?? error
      }
    }
    throw firstProblem ?? .notFound(program: program, searched: folders)
  }

  /// Refuses a working directory that cannot be entered.
  static func check(workingDirectory path: String) throws(LaunchError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .badWorkingDirectory(path: path, reason: errno == EACCES ? "may not be entered" : "does not exist")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .badWorkingDirectory(path: path, reason: "is not a directory")
    }
    guard access(path, X_OK) == 0 else { throw .badWorkingDirectory(path: path, reason: "may not be entered") }
  }

  private static func look(at path: String) -> Finding {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return errno == EACCES ? .unusable(.permissionDenied(path: path)) : .absent
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return .unusable(.notExecutable(path: path, reason: "it is not a file"))
    }
    if access(path, X_OK) == 0 { return .runnable }
    let anyone = S_IXUSR | S_IXGRP | S_IXOTH
    return status.st_mode & anyone == 0
      ? .unusable(.notExecutable(path: path, reason: "it is not marked as executable (chmod +x)"))
      : .unusable(.permissionDenied(path: path))
  }
}
