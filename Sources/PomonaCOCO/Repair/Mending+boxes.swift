extension Mending {
    /// Removes boxes without extent and clips those that hang over the edge of their photo.
    mutating func mendBoxes(form: BoxForm) {
        let images = IDIndex(document.images)
        var emptied = Touched()
        var clipped = Touched()
        document.annotations.removeAll { annotation in
            guard let box = annotation.box, !(box.width > 0 && box.height > 0) else { return false }
            emptied.add("annotation \(annotation.id)")
            return true
        }
        for index in document.annotations.indices {
            let annotation = document.annotations[index]
            guard let box = annotation.box, let place = images[annotation.imageID] else { continue }
            let image = document.images[place]
            guard image.width > 0, image.height > 0,
                let inside = box.clipped(form: form, width: image.width, height: image.height)
            else { continue }
            document.annotations[index].box = inside
            clipped.add("annotation \(annotation.id) of \(image.name.shown)")
        }
        note(.emptyBoxesRemoved, emptied, "Boxes without width or height are removed")
        note(.boxesClipped, clipped, "Boxes are clipped to their photo")
    }

    /// Turns pixels into fractions or back.
    mutating func convert(from source: BoxForm, to target: BoxForm) {
        let images = IDIndex(document.images)
        var touched = Touched()
        for index in document.annotations.indices {
            let annotation = document.annotations[index]
            guard let box = annotation.box, let place = images[annotation.imageID] else { continue }
            let image = document.images[place]
            guard image.width > 0, image.height > 0 else { continue }
            document.annotations[index].box = box.converted(
                from: source, to: target, width: image.width, height: image.height)
            touched.add("annotation \(annotation.id)")
        }
        note(.boxesConverted, touched, "Boxes are turned from \(source.rawValue) into \(target.rawValue)")
    }
}

extension COCOBox {
    /// The part in the photo, in the same form, if something hangs over and at least half of the box does not.
    fileprivate func clipped(form: BoxForm, width photoWidth: Double, height photoHeight: Double) -> COCOBox? {
        let (farX, farY) = form == .pixels ? (photoWidth, photoHeight) : (1, 1)
        // A hair of fractions' rounding is cut off as well: Image Analysis 4.0 compares without tolerance.
        guard left < 0 || top < 0 || right > farX || bottom > farY else { return nil }
        let (x, y) = (max(left, 0), max(top, 0))
        var inside = COCOBox(left: x, top: y, width: min(right, farX) - x, height: min(bottom, farY) - y)
        // Half, give or take what calculating with fractions loses.
        let least = width * height * (0.5 - 1e-9)
        guard inside.width > 0, inside.height > 0, inside.width * inside.height >= least else { return nil }
        inside.shrink(toEndAt: farX, farY)
        return inside
    }

    /// The same box in another form.
    func converted(
        from source: BoxForm, to target: BoxForm, width photoWidth: Double, height photoHeight: Double
    ) -> COCOBox {
        switch (source, target) {
        case (.pixels, .fractions):
            var box = COCOBox(
                left: left / photoWidth, top: top / photoHeight, width: width / photoWidth,
                height: height / photoHeight)
            // Two quotients may add up to a hair more than the quotient of the sum.
            if right <= photoWidth, bottom <= photoHeight { box.shrink(toEndAt: 1, 1) }
            return box
        case (.fractions, .pixels):
            // Millionths of a pixel are what a fraction has lost on the way, so that 298 comes back as 298.
            return COCOBox(
                left: (left * photoWidth).inMillionths, top: (top * photoHeight).inMillionths,
                width: (width * photoWidth).inMillionths, height: (height * photoHeight).inMillionths)
        default: return self
        }
    }

    /// Takes from width and height what, as calculated, makes left + width more than the edge.
    private mutating func shrink(toEndAt farX: Double, _ farY: Double) {
        width = Self.extent(width, from: left, to: farX)
        height = Self.extent(height, from: top, to: farY)
    }

    /// Ends at once: the difference is exact where it is small against the edge, and one step off where it is not.
    private static func extent(_ extent: Double, from start: Double, to far: Double) -> Double {
        guard start + extent > far else { return extent }
        let rest = far - start
        return start + rest > far ? rest.nextDown : rest
    }
}

extension Double {
    fileprivate var inMillionths: Double { magnitude < 1e9 ? (self * 1e6).rounded() / 1e6 : self }
}
