import Foundation
import TestSupport
import Testing

/// Tables that Python's libraries write.
enum PythonTables {
  /// Made once, though many tests ask for it at the same time.
  private static let environment = Task { try await makeEnvironment() }

  /// A virtual environment with the libraries, beside the built products.
  private static func makeEnvironment() async throws -> String {
    let folder = CupelBinary.folder + "/tables-venv"
    if FileManager.default.fileExists(atPath: folder + "/complete") { return folder }
    let packages = "pyarrow==26.0.1 duckdb==2.0.0 polars==2.1.0 numpy==2.4.6"
    let script = """
      python3 -m venv '\(folder)' && '\(folder)/bin/pip' install --quiet \(packages) && touch '\(folder)/complete'
      """
    let made = try await CupelBinary.command(["sh", "-c", script], in: "/tmp", timeout: .seconds(600))
    try #require(made.exitCode == 0, "pyarrow, DuckDB and Polars could not be installed from PyPI: \(made.error)")
    return folder
  }

  /// Runs a script of this folder, which writes tables into the folder that is returned.
  static func write(_ script: String) async throws -> TemporaryFolder {
    let venv = try await environment.value
    let folder = try TemporaryFolder()
    let path = Repository.root + "/Tests/IntegrationTests/Tables/" + script
    let run = try await CupelBinary.command(
      [venv + "/bin/python", "-B", path, folder.path], in: folder.path, timeout: .seconds(600))
    try #require(run.exitCode == 0, "\(script) failed: \(run.output)\(run.error)")
    return folder
  }
}
