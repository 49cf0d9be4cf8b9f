// swift-tools-version: 6.1
import PackageDescription

/// Language features every target is compiled with.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

// Targets stand in the order of docs/architecture.md: each imports only what stands above it here.
let package = Package(
    name: "Pomona",
    targets: [
        .target(name: "PomonaCore", swiftSettings: strict),
        // libvips' own pkg-config file brings -pthread, which SwiftPM warns of and drops; its headers and its library
        // lie where compilers look anyway, and GLib's, which do not, come with GObject's file.
        .systemLibrary(name: "CVipsLibrary", pkgConfig: "gobject-2.0", providers: [.apt(["libvips-dev"])]),
        .target(name: "CPixels"),
        .target(
            name: "CVips", dependencies: ["CVipsLibrary", "CPixels"], linkerSettings: [.linkedLibrary("vips")]),
        .target(name: "CSimdjson"),
        .target(name: "CTorch"),
        .target(name: "PomonaImaging", dependencies: ["PomonaCore", "CVips", "CPixels"], swiftSettings: strict),
        .target(name: "PomonaCOCO", dependencies: ["PomonaCore", "CSimdjson"], swiftSettings: strict),
        .target(
            name: "PomonaSample", dependencies: ["PomonaCore", "PomonaImaging", "PomonaCOCO"], swiftSettings: strict),
        .target(name: "PomonaEvaluation", dependencies: ["PomonaCore"], swiftSettings: strict),
        .testTarget(name: "PomonaCoreTests", dependencies: ["PomonaCore"], swiftSettings: strict),
        .testTarget(
            name: "PomonaImagingTests", dependencies: ["PomonaImaging", "PomonaCore"], exclude: ["Fixtures"],
            swiftSettings: strict),
        .testTarget(name: "PomonaCOCOTests", dependencies: ["PomonaCOCO", "PomonaCore"], swiftSettings: strict),
        .testTarget(
            name: "PomonaSampleTests", dependencies: ["PomonaSample", "PomonaCOCO", "PomonaImaging", "PomonaCore"],
            swiftSettings: strict),
        .testTarget(
            name: "PomonaEvaluationTests", dependencies: ["PomonaEvaluation", "PomonaCore"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
