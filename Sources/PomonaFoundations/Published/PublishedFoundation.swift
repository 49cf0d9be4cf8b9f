/// Weights that others published and that can be pulled by name.
public struct PublishedFoundation: Sendable, Equatable {
    public let name: String
    /// Where its official release lies.
    public let address: String
    /// Millions of parameters, as its authors state them.
    public let parametersInMillions: Double
    /// Mean average precision on COCO's validation photos in percent, as its authors state it.
    public let publishedPrecision: Double
    public let licence: String

    private init(_ size: String, parameters: Double, precision: Double) {
        name = "yolox-\(size)"
        address = "https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/yolox_\(size).onnx"
        parametersInMillions = parameters
        publishedPrecision = precision
        licence = "Apache-2.0"
    }

    /// The ONNX files of YOLOX's official release 0.1.1rc0, smallest first. The release publishes no hashes.
    public static let all: [PublishedFoundation] = [
        .init("nano", parameters: 0.91, precision: 25.8),
        .init("tiny", parameters: 5.06, precision: 32.8),
        .init("s", parameters: 9.0, precision: 40.5),
        .init("m", parameters: 25.3, precision: 47.2),
        .init("l", parameters: 54.2, precision: 50.1),
        .init("x", parameters: 99.1, precision: 51.5),
    ]

    /// `nil` for an unknown name.
    public static func named(_ name: String) -> PublishedFoundation? { all.first { $0.name == name } }
}
