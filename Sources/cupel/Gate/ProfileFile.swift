internal import ArgumentParser
internal import Config
internal import JSON
internal import Profiles
internal import Reports
internal import Scan
internal import Verdict

/// Reads and writes profiles, and ends the command when that fails.
enum ProfileFile {
  static func read(_ path: String) throws -> Profile {
    guard let profile = try readIfProfile(path) else {
      throw fail("\(path) is no profile", "cupel data profile SOURCE -o FILE makes one")
    }
    return profile
  }

  /// The profile in a file; nil when it holds something else.
  static func readIfProfile(_ path: String) throws -> Profile? {
    do throws(ProfileError) {
      return try load(ConfigPath.resolve(path, against: Invocation.current.workingDirectory + "/"), displayedAs: path)
    } catch {
      throw fail(error.message, error.hint)
    }
  }

  /// The profile in a file; nil when it holds something else.
  static func load(_ path: String, displayedAs name: String) throws(ProfileError) -> Profile? {
    var bytes: [UInt8] = []
    do throws(ScanError) {
      let file = try FileSource(path: path, displayedAs: name)
      while try file.read(1 << 20, into: &bytes) > 0 {
        // What a profile begins with tells it from data, which may be large.
        if bytes.count >= 64, !String(decoding: bytes.prefix(64), as: UTF8.self).contains("cupel_profile") {
          return nil
        }
      }
    } catch {
      throw ProfileError(error.message, hint: error.hint)
    }
    guard !bytes.isEmpty else {
      throw ProfileError("\(name) is empty: it is neither a profile nor a table", hint: "restore it, or remove it")
    }
    guard let json = try? JSONParser.parse(bytes), json["cupel_profile"] != nil else {
      guard String(decoding: bytes.prefix(64), as: UTF8.self).contains("\"cupel_profile\"") else { return nil }
      throw ProfileError("\(name) is a damaged profile: it is cut off or no JSON", hint: "make it again")
    }
    return try Profile(json: json, name: name)
  }

  static func write(_ profile: Profile, to path: String) throws {
    do {
      try save(profile, to: path)
    } catch {
      Console.say("error: \(error)", to: .error)
      throw ExitCode(ExitStatus.reportNotWritten.rawValue)
    }
    let (rows, columns) = (Quantity(Double(profile.rows), .rows), Quantity(Double(profile.columns.count), .columns))
    Console.say("\(path): \(rows) and \(columns) of \(profile.source)\(profile.part)")
  }

  /// Writes the profile as reports are written: whole or not at all.
  static func save(_ profile: Profile, to path: String) throws(ReportError) {
    let file = try StreamedFile(path: path)
    try profile.write { bytes throws(ReportError) in try file.write(bytes) }
    try file.finish()
  }

  static func reading<Value>(_ work: () async throws(ScanError) -> Value) async throws -> Value {
    do {
      return try await work()
    } catch {
      throw fail(error.message, error.hint)
    }
  }

  static func fail(_ message: String, _ hint: String?) -> ExitCode {
    Console.say("error: \(message)", to: .error)
    if let hint { Console.say("  \(hint)", to: .error) }
    return ExitCode(ExitStatus.errored.rawValue)
  }
}
