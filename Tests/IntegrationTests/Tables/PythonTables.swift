import TestSupport

/// Tables that Python's libraries write.
enum PythonTables {
  /// Runs a script of this folder, which writes tables into the folder that is returned.
  static func write(_ script: String) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try await PythonEnvironment.run(
      "Tests/IntegrationTests/Tables/" + script, [folder.path], in: folder.path, of: "tables",
      ["pyarrow==26.0.1", "duckdb==2.0.0", "polars==2.1.0", "numpy==2.4.6"])
    return folder
  }
}
