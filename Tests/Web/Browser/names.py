"""The names that the browser itself computes for everything a person can work with or look at."""

NEEDS_A_NAME = {
    "button", "checkbox", "combobox", "ComboBoxSelect", "grid", "image", "img", "link", "listbox", "ListBoxOption", "menuitem",
    "meter", "option", "popUpButton", "progressbar", "ProgressIndicator", "radio", "radiogroup", "searchbox", "slider",
    "spinbutton", "switch", "tab", "tabpanel", "textbox", "tree", "application", "dialog", "toolbar", "DisclosureTriangle",
}


def nameless(page):
    """Words on each control, picture and dialog of the page without an accessible name."""
    session = page.context.new_cdp_session(page)
    try:
        session.send("DOM.getDocument", {"depth": 0})
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        known = [node for node in nodes if not node.get("ignored") and node.get("role", {}).get("value") in NEEDS_A_NAME]
        assert known, "the accessibility tree holds no control"
        found = []
        for node in known:
            if not node.get("name", {}).get("value", "").strip():
                described = session.send("DOM.describeNode", {"backendNodeId": node["backendDOMNodeId"]})["node"]
                marks = " ".join(described.get("attributes", []))
                found.append(f"no name: {node['role']['value']} {described['localName']} {marks}"[:160])
        return found
    finally:
        session.detach()
