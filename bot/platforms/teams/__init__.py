"""Microsoft Teams: an endpoint for its activities, and a connector for what we send.

What a card's action carries (its `data`, whether Action.Execute or Action.Submit):

| what | data |
|---|---|
| a button or choice | `{"press": name, "value": text}` |
| a form's submit | `{"form": name, "value": text, "several": "id id", field id: text, ...}` |

`several` names the fields whose input gives several values, joined by commas. A form's fields of kind PERSON, PEOPLE
and CHANNEL come to the renderer with `options` (Entra object ids, channel ids), as a card asks the platform for none.
"""
