import PomonaCore

/// Draws boxes and plates on a canvas, in measures that follow from its size.
struct BoxPainter {
    let canvas: PixelCanvas
    private let lineWidth: Int
    private let capHeight: Int

    /// Around the text on its plate.
    private var padding: Int { max(3, capHeight * 5 / 12) }

    init(canvas: PixelCanvas) {
        self.canvas = canvas
        let side = Double(max(canvas.size.width, canvas.size.height))
        lineWidth = max(1, Int((side / 320).rounded()))
        capHeight = max(8, Int((side / 72).rounded()))
    }

    func paint(_ overlays: [BoxOverlay]) {
        // Most confident first: they choose the places of their plates, and are painted last. Equal ones keep the
        // order in which they were given.
        let ranked = overlays.enumerated().sorted { a, b in
            let (first, second) = (a.element.confidence ?? 1, b.element.confidence ?? 1)
            return first != second ? first > second : a.offset < b.offset
        }
        let visible = ranked.compactMap { _, overlay in edge(of: overlay.box).map { (overlay, $0) } }

        var taken: [PixelRectangle] = []
        var plates: [PixelRectangle?] = []
        for (overlay, edge) in visible {
            let plate = place(overlay.caption, at: edge, avoiding: taken)
            plates.append(plate)
            if let plate { taken.append(plate) }
        }
        for (overlay, edge) in visible.reversed() { paintEdge(edge, LabelPalette.color(forLabel: overlay.label)) }
        for ((overlay, _), plate) in zip(visible, plates).reversed() {
            if let plate { paintPlate(plate, overlay) }
        }
    }

    /// The outer edge of the line around a box; `nil` where the box does not touch the photo.
    private func edge(of box: Box) -> PixelRectangle? {
        guard box.xMin.isFinite, box.yMin.isFinite, box.xMax.isFinite, box.yMax.isFinite else { return nil }
        let inside = box.clipped(to: canvas.size)
        guard inside.area > 0 else { return nil }
        let outside = lineWidth / 2
        return PixelRectangle(
            left: Int(inside.xMin.rounded()) - outside, top: Int(inside.yMin.rounded()) - outside,
            right: max(Int(inside.xMax.rounded()), Int(inside.xMin.rounded()) + 1) + outside,
            bottom: max(Int(inside.yMax.rounded()), Int(inside.yMin.rounded()) + 1) + outside)
    }

    /// A line of the label's colour between two thin shadows, so that it shows on any ground.
    private func paintEdge(_ edge: PixelRectangle, _ color: RGBColor) {
        let shadow = RGBColor(0, 0, 0)
        canvas.frame(edge.insetBy(-1), thickness: 1, shadow, opacity: 90)
        canvas.frame(edge, thickness: lineWidth, color)
        let inner = edge.insetBy(lineWidth)
        if inner.left < inner.right, inner.top < inner.bottom {
            canvas.frame(inner, thickness: 1, shadow, opacity: 90)
        }
    }

    /// Finds room for a plate: above the box, below it, or in one of its corners; otherwise where it covers another.
    private func place(
        _ caption: String, at edge: PixelRectangle, avoiding taken: [PixelRectangle]
    ) -> PixelRectangle? {
        guard !caption.isEmpty else { return nil }
        let width = Int(TextMask.width(of: caption, capHeight: Double(capHeight)).rounded(.up)) + 2 * padding
        let height = capHeight + 2 * padding
        let plate = PixelRectangle(left: 0, top: 0, right: width, bottom: height)
        let inner = edge.insetBy(lineWidth)
        let wanted = [
            plate.movedBy(x: edge.left, y: edge.top - height),
            plate.movedBy(x: edge.left, y: edge.bottom),
            plate.movedBy(x: inner.left, y: inner.top),
            plate.movedBy(x: edge.right - width, y: edge.top - height),
            plate.movedBy(x: edge.right - width, y: edge.bottom),
            plate.movedBy(x: inner.right - width, y: inner.top),
            plate.movedBy(x: inner.left, y: inner.bottom - height),
            plate.movedBy(x: inner.right - width, y: inner.bottom - height),
        ]
        // Sideways a plate may always be pushed into the photo; above and below it must fit.
        let candidates = wanted.map(pushedSideways).filter { $0.top >= 0 && $0.bottom <= canvas.size.height }
        let free = candidates.first { candidate in !taken.contains { $0.intersects(candidate) } }
        return free ?? candidates.first ?? pushedSideways(plate.movedBy(x: edge.left, y: 0))
    }

    private func pushedSideways(_ plate: PixelRectangle) -> PixelRectangle {
        let left = max(0, min(plate.left, canvas.size.width - (plate.right - plate.left)))
        return plate.movedBy(x: left - plate.left, y: 0)
    }

    private func paintPlate(_ plate: PixelRectangle, _ overlay: BoxOverlay) {
        let color = LabelPalette.color(forLabel: overlay.label)
        canvas.frame(plate.insetBy(-1), thickness: 1, RGBColor(0, 0, 0), opacity: 60)
        canvas.fill(plate, color)
        let text = TextMask(overlay.caption, capHeight: Double(capHeight))
        canvas.draw(
            text, x: plate.left + padding + 1, y: plate.top + padding, right: plate.right, color.readableInk)
    }
}
