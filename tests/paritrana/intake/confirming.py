"""What somebody does on the page that shows what a file would change."""


def confirm(client, page, **answers):
    """Send the answers, each by the key of its question, and confirm; keys with a hyphen are given in a mapping."""
    upload, preview = page.context["upload"], page.context["preview"]
    sent = {f"answer-{key}": value for key, value in answers.items()}
    sent |= {"digest": upload.digest, "fingerprint": preview.fingerprint}
    return client.post(page.context["read_url"], sent)


def answer(client, page, **answers):
    """Answer, look at what the file changes by that, and confirm it."""
    return confirm(client, confirm(client, page, **answers), **answers)


def asked(page):
    """By the key of each question the answers it takes."""
    return {each["key"]: [option["value"] for option in each["options"]] for each in page.context["preview"].questions}
