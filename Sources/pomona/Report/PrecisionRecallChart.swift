import Foundation
import PomonaEvaluation
import PomonaImaging

/// Precision over recall at an IoU of 0.5, one line per tag, as SVG.
struct PrecisionRecallChart {
    let tags: [TagDetectionMetrics]

    private static let (width, height, margin) = (560.0, 320.0, 44.0)
    /// More lines than these cannot be told apart.
    private static let mostTags = 12

    var svg: String {
        var parts = [
            "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\" "
                + "aria-label=\"Precision over recall for each tag\">"
        ]
        for tenth in stride(from: 0, through: 10, by: 2) {
            let share = Double(tenth) / 10
            let (x, y) = Self.point(recall: share, precision: share)
            let (left, bottom) = Self.point(recall: 0, precision: 0)
            let (right, top) = Self.point(recall: 1, precision: 1)
            parts.append(Self.line(x, bottom, x, top) + Self.line(left, y, right, y))
            parts.append(Self.label("\(tenth * 10)", x: x, y: bottom + 16, anchor: "middle"))
            parts.append(Self.label("\(tenth * 10)", x: left - 6, y: y + 4, anchor: "end"))
        }
        parts.append(Self.label("recall, %", x: Self.width / 2, y: Self.height - 6, anchor: "middle"))
        parts.append(Self.label("precision, %", x: Self.margin, y: Self.margin - 14, anchor: "middle"))
        for (index, tag) in tags.prefix(Self.mostTags).enumerated() {
            guard let curve = tag.curve else { continue }
            let color = Self.color(index)
            let points = zip(curve.recall, curve.precision).map { recall, precision in
                let (x, y) = Self.point(recall: recall, precision: precision)
                return String(format: "%.1f,%.1f", x, y)
            }
            parts.append(
                "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"\(color)\" "
                    + "stroke-width=\"2\"><title>\(escapedForHTML(tag.tag))</title></polyline>")
        }
        return parts.joined(separator: "\n") + "</svg>\n<p class=\"legend\">" + legend + "</p>"
    }

    private var legend: String {
        tags.prefix(Self.mostTags).enumerated().map { index, tag in
            "<span><i style=\"background:\(Self.color(index))\"></i>\(escapedForHTML(tag.tag))</span>"
        }.joined()
    }

    private static func color(_ index: Int) -> String {
        let color = LabelPalette.color(forLabel: index)
        return String(format: "#%02x%02x%02x", color.red, color.green, color.blue)
    }

    private static func point(recall: Double, precision: Double) -> (Double, Double) {
        (margin + recall * (width - 2 * margin), height - margin - precision * (height - 2 * margin))
    }

    private static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
        "<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\" class=\"grid\"/>"
    }

    private static func label(_ text: String, x: Double, y: Double, anchor: String) -> String {
        "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\">\(text)</text>"
    }
}
