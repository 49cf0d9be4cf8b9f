public import PomonaCore

/// A box to be drawn on a photo, with the words on its plate.
public struct BoxOverlay: Equatable, Sendable {
    /// In pixels of the image that is drawn on.
    public var box: Box

    /// Decides the colour; see ``LabelPalette``.
    public var label: Int

    /// What the plate says; without text there is no plate.
    public var text: String

    /// 0...1, written behind the text in percent; `nil` for boxes that people drew.
    public var confidence: Double?

    public init(box: Box, label: Int, text: String, confidence: Double? = nil) {
        self.box = box
        self.label = label
        self.text = text
        self.confidence = confidence
    }

    /// Text and confidence as the plate shows them.
    var caption: String {
        guard let confidence, confidence.isFinite else { return text }
        let percent = "\(Int((min(max(confidence, 0), 1) * 100).rounded()))%"
        return text.isEmpty ? percent : "\(text) \(percent)"
    }
}

extension RGBImage {
    /// A copy with boxes and their plates drawn on it. Line width and letters follow the size of the image.
    ///
    /// The most confident boxes lie on top. Plates stand above their boxes where there is room, and avoid each other
    /// as far as possible. Boxes that do not touch the image are left out.
    public func drawn(_ overlays: [BoxOverlay]) -> RGBImage {
        var copy = self
        copy.pixels.withUnsafeMutableBufferPointer { pixels in
            BoxPainter(canvas: PixelCanvas(size: size, pixels: pixels)).paint(overlays)
        }
        return copy
    }

    /// A copy with what a model found drawn on it.
    ///
    /// - Parameter labels: The tags of the model in the order of their indices.
    public func drawn(_ detections: [Detection], labels: [String]) -> RGBImage {
        drawn(
            detections.map { detection in
                BoxOverlay(
                    box: detection.box, label: detection.label,
                    text: labels.indices.contains(detection.label) ? labels[detection.label] : "#\(detection.label)",
                    confidence: detection.confidence)
            })
    }
}
