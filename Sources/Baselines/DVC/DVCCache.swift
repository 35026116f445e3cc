/// The cache of a DVC repository on this machine: contents under their digests.
struct DVCCache: Sendable {
  private let folder: String

  /// Finds the cache of the repository that a folder lies in: the nearest `.dvc` from there up to the root of git.
  ///
  /// - Parameter root: the root of git's working tree, absolute.
  /// - Parameter path: the path of the tracked file below it.
  init(root: String, around path: String) throws(DVCError) {
    var folders = path.split(separator: "/").dropLast().map(String.init)
    while true {
      let settings = ([root] + folders + [".dvc"]).joined(separator: "/")
      if let config = try Self.text(settings + "/config") {
        let local = try Self.text(settings + "/config.local") ?? ""
        let chosen = Self.directory(in: local) ?? Self.directory(in: config)
        folder = chosen.map { $0.hasPrefix("/") ? $0 : settings + "/" + $0 } ?? settings + "/cache"
        return
      }
      guard folders.popLast() != nil else {
        folder = root + "/.dvc/cache"
        return
      }
    }
  }

  /// Where the content of that digest may be. DVC 3 keeps it below `files/md5`, DVC 2 at the top.
  private func places(of digest: String) -> [String] {
    let place = digest.prefix(2) + "/" + digest.dropFirst(2)
    return ["\(folder)/files/md5/\(place)", "\(folder)/\(place)"]
  }

  /// Where the content of that digest is, and how many bytes it has; nil when it is not there.
  func file(of digest: String) -> (path: String, size: Int)? {
    places(of: digest).lazy.compactMap { path in LocalFile.size(of: path).map { (path, $0) } }.first
  }

  /// The content of that digest; nil when it is not there.
  func contents(of digest: String, limit: Int) throws(DVCError) -> [UInt8]? {
    guard let (path, _) = file(of: digest) else { return nil }
    try verify(path, of: digest)
    do throws(FileError) {
      return try LocalFile.read(path, limit: limit).bytes
    } catch {
      throw .file(error)
    }
  }

  /// Whether a file of the cache is what its digest says: anybody may have written into it. Reads all of it.
  func verify(_ path: String, of digest: String) throws(DVCError) {
    // DVC 2 names a text by the digest that it has with the line ends of Unix.
    var (plain, unix) = (MD5(), MD5())
    var mayFollow = false
    do throws(FileError) {
      try LocalFile.forEachPiece(of: path) { piece in
        plain.update(piece)
        var text: [UInt8] = []
        for byte in piece {
          if mayFollow, byte != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\r")) }
          mayFollow = byte == UInt8(ascii: "\r")
          if !mayFollow { text.append(byte) }
        }
        unix.update(text)
      }
    } catch {
      throw .file(error)
    }
    if mayFollow { unix.update([UInt8(ascii: "\r")]) }
    let wanted = digest.prefix { $0 != "." }
    guard plain.finish() == wanted || unix.finish() == wanted else { throw .damagedCache(digest: digest) }
  }

  /// `dir` of the section `[cache]`; relative to the folder of the file.
  private static func directory(in config: String) -> String? {
    var isCache = false
    for line in config.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: "=", maxSplits: 1).map { $0.trimming { $0 == " " || $0 == "\t" } }
      if words[0].hasPrefix("[") {
        isCache = words[0] == "[cache]"
      } else if isCache, words.count == 2, words[0] == "dir" {
        return String(words[1])
      }
    }
    return nil
  }

  private static func text(_ path: String) throws(DVCError) -> String? {
    do throws(FileError) {
      return String(decoding: try LocalFile.read(path, limit: 1 << 20).bytes, as: UTF8.self)
    } catch {
      guard error == .notFound else { throw .file(error) }
      return nil
    }
  }
}

extension Substring {
  fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
    var text = drop(while: isTrimmed)
    while let last = text.last, isTrimmed(last) { text = text.dropLast() }
    return text
  }
}
