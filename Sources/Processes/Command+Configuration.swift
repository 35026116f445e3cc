internal import Glibc
internal import Subprocess
internal import SystemPackage

extension Command {
  /// What swift-subprocess needs to start this command as leader of a process group of its own.
  func configuration() throws(LaunchError) -> Configuration {
    guard let program = argv.first, !program.isEmpty else { throw .emptyCommand }
    guard !argv.contains(where: { $0.utf8.contains(0) }) else {
      throw .other(program: program, reason: "an argument holds a NUL character.")
    }
    if let workingDirectory { try ExecutableSearch.check(workingDirectory: workingDirectory) }
    let path = environment["PATH"] ?? getenv("PATH").map { String(cString: $0) } ?? ExecutableSearch.defaultPath
    let search = ExecutableSearch(program: program, workingDirectory: workingDirectory, path: path)
    let updates = environment.map { (Environment.Key(stringLiteral: $0), Optional($1)) }
    var options = PlatformOptions()
    options.processGroupID = 0
    return Configuration(
      executable: .path(FilePath(try search.find())),
      arguments: Arguments(executablePathOverride: program, remainingValues: Array(argv.dropFirst())),
      environment: .inherit.updating(Dictionary(uniqueKeysWithValues: updates)),
      workingDirectory: workingDirectory.map { FilePath($0) },
      platformOptions: options)
  }

  /// What an error of swift-subprocess means for a command whose file was there a moment ago.
  func launchError(_ error: any Error) -> LaunchError {
    let program = argv.first ?? ""
    guard let error = error as? SubprocessError else { return .other(program: program, reason: "\(error)") }
    switch (error.code, error.underlyingError) {
    case (.failedToChangeWorkingDirectory, let cause):
      return .badWorkingDirectory(
        path: workingDirectory ?? ".", reason: "cannot be entered" + (cause.map { " (\($0))" } ?? ""))
    case (_, .permissionDenied?), (_, .notPermitted?): return .permissionDenied(path: program)
    case (_, .execFormatError?):
      return .notExecutable(path: program, reason: "it is neither a program nor a script that begins with #!")
    case (.executableNotFound, _):
      return .notExecutable(path: program, reason: "the interpreter that its first line names is missing")
    default: return .other(program: program, reason: error.description)
    }
  }
}
