import PomonaCore

extension COCOValidator {
    /// Finds out the form of the boxes; that it cannot be told is an error, a stray box a warning.
    func recogniseForm() -> FormRecognition {
        let votes = FormVotes(document, imageOf: imageOf)
        let form = FormRecognition(votes, chosen: chosenForm)
        guard kind == .detection else { return form }
        if form.needsChoice {
            found.add(.boxForm) { COCOPlace(list: .annotations, field: "bbox", message: form.reason) }
            for example in [votes.pixelExample, votes.fractionExample].compactMap({ $0 }) {
                found.add(.boxForm, count: 0) {
                    place(ofBoxAt: example, field: "bbox") { box in
                        let speaksFor = example == votes.pixelExample ? "pixels" : "fractions"
                        return "bbox [\(box.values.map(\.shown).joined(separator: ", "))] looks like \(speaksFor)"
                    }
                }
            }
        }
        if form.form == .pixels, chosenForm == nil, let example = votes.fractionExample {
            found.add(.strayBoxForm, .warning, count: votes.fractions) {
                place(ofBoxAt: example, field: "bbox") { box in
                    "bbox [\(box.values.map(\.shown).joined(separator: ", "))] is less than a pixel"
                }
            }
        }
        return form
    }

    /// Checks that each box has an extent and lies in its photo; answers how many are to be clipped.
    func checkBoxes(form: BoxForm) -> Int {
        let unclear: UnreadFields = [.size]
        var clipped = 0
        let images = document.images
        for (index, annotation) in document.annotations.enumerated() {
            guard let box = annotation.box else { continue }
            guard box.width > 0, box.height > 0 else {
                let isWide = box.width > 0
                found.add(.boxExtent) {
                    place(ofBoxAt: index, field: isWide ? "bbox[3]" : "bbox[2]", value: isWide ? box.height : box.width)
                    { _ in
                        "\(boxFieldNames[isWide ? 3 : 2]) is \((isWide ? box.height : box.width).shown), "
                            + "but must be above 0"
                    }
                }
                continue
            }
            guard imageOf[index] >= 0 else { continue }
            let image = images[Int(imageOf[index])]
            guard image.unread.isDisjoint(with: unclear), image.width > 0, image.height > 0 else { continue }
            let overhang = Overhang(of: box, form: form, width: image.width, height: image.height)
            if overhang.largest > COCOFile.tolerance || !overhang.leavesExtent {
                found.add(.boxOutside) {
                    place(ofBoxAt: index, field: "bbox", value: nil) { box in
                        overhang.sentence(for: box, form: form, width: image.width, height: image.height)
                    }
                }
            } else if overhang.isWorthClipping {
                clipped += 1
                found.add(.boxClipped, .warning) {
                    place(ofBoxAt: index, field: "bbox", value: nil) { box in
                        overhang.sentence(for: box, form: form, width: image.width, height: image.height)
                    }
                }
            }
        }
        return clipped
    }

    /// In a file for detection each annotation has a box; for one that could not be read that has been said.
    func checkMissingBoxes() {
        for (index, annotation) in document.annotations.enumerated()
        where annotation.box == nil && !annotation.unread.contains(.box) {
            found.add(.missingBox) {
                place(ofAnnotationAt: index, field: "bbox", value: nil, "bbox is missing; detection needs one")
            }
        }
    }

    func place(
        ofAnnotationAt index: Int, field: String, value: String?, _ sentence: String
    ) -> COCOPlace {
        let image = imageOf[index] >= 0 ? document.images[Int(imageOf[index])] : nil
        return words.place(annotation: index, image: image, field: field, value: value, sentence)
    }

    /// A place at a box; without a single `value` the whole box is the value.
    private func place(
        ofBoxAt index: Int, field: String, value: Double? = nil, _ sentence: (COCOBox) -> String
    ) -> COCOPlace {
        let box = document.annotations[index].box ?? COCOBox(left: 0, top: 0, width: 0, height: 0)
        let shown = value?.shown ?? "[\(box.values.map(\.shown).joined(separator: ", "))]"
        return place(ofAnnotationAt: index, field: field, value: shown, sentence(box))
    }
}

/// How far a box reaches out of its photo on each side, in pixels; negative where it stays inside.
struct Overhang {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    /// Whether something of the box is left once it is clipped.
    let leavesExtent: Bool

    init(of box: COCOBox, form: BoxForm, width: Double, height: Double) {
        let pixels = box.pixels(from: form, width: width, height: height)
        left = -pixels.xMin
        top = -pixels.yMin
        right = pixels.xMax - width
        bottom = pixels.yMax - height
        leavesExtent =
            min(pixels.xMax, width) > max(pixels.xMin, 0) && min(pixels.yMax, height) > max(pixels.yMin, 0)
    }

    var largest: Double { max(max(left, top), max(right, bottom)) }

    /// Less than a thousandth of a pixel comes from calculating with fractions and is no overhang to speak of.
    var isWorthClipping: Bool { largest > 0.001 }

    func sentence(for box: COCOBox, form: BoxForm, width: Double, height: Double) -> String {
        let sides = [("left", left), ("top", top), ("right", right), ("bottom", bottom)]
        let out = sides.filter { $0.1 > 0.001 }
            .map { "\($0.1.shownRounded) px at the \($0.0)" }
            .joined(separator: ", ")
        let what = out.isEmpty ? "lies outside" : "hangs over by \(out)"
        return "bbox [\(box.values.map(\.shown).joined(separator: ", "))] in \(form.rawValue) \(what) "
            + "of a photo of \(width.shown) x \(height.shown) px"
    }
}

extension Double {
    /// Rounded to hundredths, for messages.
    var shownRounded: String { magnitude < 1e12 ? ((self * 100).rounded() / 100).shown : shown }
}
