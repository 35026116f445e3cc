// swift-tools-version: 6.2
import PackageDescription

// The readers and their fuzzer, apart from the main package: everything here is built with sanitizers.

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "CupelFuzz",
  targets: [
    .target(
      name: "CKernels",
      linkerSettings: ["re2", "simdjson", "z", "zstd", "snappy", "lz4", "brotlidec"].map { .linkedLibrary($0) }),
    .target(name: "JSON", swiftSettings: settings),
    .target(name: "Scan", dependencies: ["CKernels", "JSON"], swiftSettings: settings),
    .executableTarget(name: "cupel-fuzz", dependencies: ["Scan"], path: "Sources/Fuzz", swiftSettings: settings),
  ],
  cxxLanguageStandard: .cxx17
)
